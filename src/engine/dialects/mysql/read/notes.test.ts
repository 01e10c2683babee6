import { describe, expect, it } from 'vitest';
import { gapOf } from './notes.ts';

describe('comments between statements of MySQL', () => {
  it('are kept when a person wrote them', () => {
    expect(gapOf('\n-- why it is so\n/* block */\n# hash\n')).toBe('\n-- why it is so\n/* block */\n-- hash\n');
  });

  it('are left out when a dump program wrote them', () => {
    const head = [
      '/*M!999999\\- enable the sandbox mode */',
      '-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)',
      '--',
      '-- Host: localhost    Database: shop',
      '-- ------------------------------------------------------',
      '-- Server version\t8.0.36',
      '',
      '--',
      '-- Table structure for table `orders`',
      '--',
    ].join('\r\n');
    expect(gapOf(head).trim()).toBe('');
    expect(gapOf('\n-- Dump completed on 2026-01-01\n').trim()).toBe('');
  });

  it('are no headings for looking like one in part', () => {
    expect(gapOf('-- Table structure for table x is odd\n')).toContain('is odd');
    expect(gapOf('-- Hosts of the network\n')).toContain('Hosts');
  });
});
