import { Draw, type MadeTable, rowsOf } from './rows.ts';

const TRADES = ['cardiology', 'dermatology', 'neurology', 'oncology', 'orthopaedics', 'paediatrics', 'radiology', 'surgery'];
const RANKS = ['assistant', 'consultant', 'head'];

const capital = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

function staff(draw: Draw): MadeTable[] {
  return [
    {
      name: 'building',
      columns: ['building text', 'street text', 'opened int'],
      key: ['building'],
      rows: ['A', 'B', 'C', 'D', 'E', 'F'].map((name) => [
        name,
        `${capital(draw.words(1))} Road ${draw.between(1, 90)}`,
        draw.between(1950, 2015),
      ]),
    },
    {
      name: 'ward',
      columns: ['ward text', 'building text', 'floor int', 'beds int', 'extension text'],
      key: ['ward'],
      rows: rowsOf(24, (at) => {
        const building = 'ABCDEF'.charAt(draw.below(6));
        return [`${building}${at + 10}`, building, draw.between(0, 5), draw.between(8, 30), draw.digits(4)];
      }),
    },
    {
      name: 'doctor',
      columns: ['doctor text', 'doctor_name text', 'specialty text', 'rank text'],
      key: ['doctor'],
      rows: rowsOf(60, (at) => {
        const name = capital(draw.words(1));
        return [`${name.slice(0, 3).toLowerCase()}${at + 1}`, `Dr ${name}`, draw.of(TRADES), draw.of(RANKS)];
      }),
    },
  ];
}

function patients(draw: Draw, count: number): MadeTable[] {
  return [
    {
      name: 'insurer',
      columns: ['insurer int', 'insurer_name text', 'insurer_city text', 'hotline text'],
      key: ['insurer'],
      rows: rowsOf(14, (at) => [101 + at * 7, `${capital(draw.words(2))} Mutual`, capital(draw.words(1)), draw.digits(10)]),
    },
    {
      name: 'patient',
      columns: ['patient_no int', 'patient_name text', 'born date', 'blood_group text', 'insurer int'],
      key: ['patient_no'],
      rows: rowsOf(count, (at) => {
        const name = draw.words(2).split(' ').map(capital).join(' ');
        return [5000 + at, name, Draw.day(-draw.below(20_000)), draw.of(['0', 'A', 'B', 'AB']), 101 + draw.below(14) * 7];
      }),
    },
  ];
}

function diagnoses(draw: Draw): MadeTable[] {
  return [
    {
      name: 'chapter',
      columns: ['chapter int', 'chapter_title text'],
      key: ['chapter'],
      rows: rowsOf(12, (at) => [at + 1, capital(draw.words(4))]),
    },
    {
      name: 'diagnosis',
      columns: ['icd text', 'diagnosis text', 'chapter int', 'notifiable boolean'],
      key: ['icd'],
      rows: rowsOf(150, (at) => {
        const chapter = draw.between(1, 12);
        return [
          `${'ABCDEFGHIJKL'.charAt(chapter - 1)}${10 + at}`,
          capital(draw.words(3)),
          chapter,
          draw.below(9) === 0 ? 'true' : 'false',
        ];
      }),
    },
  ];
}

/** A clinic's schema with rows of our own: keys are short texts and numbers, and few are called so. */
export function clinic(seed: number, stays: number): MadeTable[] {
  const draw = new Draw(seed);
  const rooms = staff(draw);
  const codes = diagnoses(draw);
  const icds = (codes[1]?.rows ?? []).map((row) => row[0] as string);
  const wards = (rooms[1]?.rows ?? []).map((row) => row[0] as string);
  const doctors = (rooms[2]?.rows ?? []).map((row) => row[0] as string);
  const people = patients(draw, Math.ceil(stays / 3));
  const stay = rowsOf(stays, (at) => {
    const day = draw.below(3000);
    return [at + 1, 5000 + draw.below(Math.ceil(stays / 3)), draw.of(wards), Draw.day(day), Draw.day(day + draw.between(1, 20))];
  });
  const treatment = stay.flatMap(([number], at) =>
    rowsOf(draw.between(1, 4), (nth) => [
      number as number,
      nth + 1,
      draw.of(doctors),
      draw.of(icds),
      draw.between(20, 900) + (at % 2),
    ]),
  );
  return [
    ...rooms,
    ...people,
    ...codes,
    {
      name: 'stay',
      columns: ['stay int', 'patient_no int', 'ward text', 'admitted date', 'discharged date'],
      key: ['stay'],
      rows: stay,
    },
    {
      name: 'treatment',
      columns: ['stay int', 'nth int', 'doctor text', 'icd text', 'fee int'],
      key: ['stay', 'nth'],
      rows: treatment,
    },
  ];
}
