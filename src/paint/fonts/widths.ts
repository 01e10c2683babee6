import type { Lettering } from '../pen.ts';

/** Advance widths of Inter for U+0020 to U+017F, in 1/2048 em; 0 = the font has no such character. A test holds them equal to the font. */
export const FIRST = 0x20;
const UNITS = 2048;
const REGULAR = `
  576 589 954 1297 1314 2011 1319 614 747 747 1026 1355 590 942 590 738 1292 833 1249 1265 1323 1215
  1270 1159 1267 1270 590 618 1355 1355 1355 1047 1978 1413 1340 1496 1478 1231 1209 1528 1522 550 1169 1376
  1158 1850 1543 1566 1308 1566 1318 1314 1322 1524 1413 2018 1397 1390 1288 747 738 747 965 934 661 1150
  1254 1170 1254 1194 758 1256 1211 496 496 1124 496 1794 1210 1228 1254 1254 771 1081 670 1211 1151 1676
  1118 1151 1131 873 681 873 1355 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
  0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 576 589 1170 1251
  1484 1126 553 1164 1210 1872 929 1193 1355 0 1364 978 933 1355 905 913 661 1200 1234 590 549 623
  988 1193 1643 1735 1806 1047 1413 1413 1413 1413 1413 1413 2035 1496 1231 1231 1231 1231 550 550 550 550
  1505 1543 1566 1566 1566 1566 1566 1355 1566 1524 1524 1524 1524 1390 1302 1262 1150 1150 1150 1150 1150 1150
  1879 1170 1194 1194 1194 1194 496 496 496 496 1193 1210 1228 1228 1228 1228 1228 1355 1228 1211 1211 1211
  1211 1151 1254 1151 1413 1150 1413 1150 1413 1150 1496 1170 1496 1170 1496 1170 1496 1170 1478 1454 1505 1254
  1231 1194 1231 1194 1231 1194 1231 1194 1231 1194 1528 1256 1528 1256 1528 1256 1528 1256 1522 1211 1590 1211
  550 496 550 496 550 496 550 496 550 496 1719 992 1169 496 1376 1124 1076 1158 496 1158 496 1158
  696 1152 736 1218 496 1543 1210 1543 1210 1543 1210 0 1543 1210 1566 1228 1566 1228 1566 1228 2058 2047
  1318 771 1318 771 1318 771 1314 1081 1314 1081 1314 1081 1314 1081 1322 670 1322 770 1322 670 1524 1211
  1524 1211 1524 1211 1524 1211 1524 1211 1524 1211 2018 1676 1390 1151 1390 1288 1131 1288 1131 1288 1131 644
`;
const SEMIBOLD = `
  516 658 1071 1318 1332 2057 1357 667 764 764 1105 1378 653 953 653 776 1351 866 1276 1303 1364 1254
  1310 1180 1311 1310 653 674 1378 1378 1378 1113 2046 1490 1350 1509 1479 1240 1204 1534 1527 567 1187 1440
  1158 1889 1555 1574 1321 1583 1336 1332 1352 1507 1490 2089 1474 1461 1336 764 776 764 986 961 719 1176
  1278 1193 1278 1211 796 1281 1254 536 536 1166 536 1844 1253 1247 1278 1278 813 1125 723 1254 1202 1719
  1165 1205 1159 931 735 931 1378 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
  0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 516 658 1193 1289
  1534 1154 647 1164 1253 1872 943 1299 1378 0 1359 925 938 1378 929 949 719 1258 1229 653 680 663
  998 1299 1702 1781 1858 1113 1490 1490 1490 1490 1490 1490 2075 1509 1240 1240 1240 1240 567 567 567 567
  1539 1555 1574 1574 1574 1574 1574 1378 1574 1507 1507 1507 1507 1461 1347 1318 1176 1176 1176 1176 1176 1176
  1869 1193 1211 1211 1211 1211 536 536 536 536 1216 1253 1247 1247 1247 1247 1247 1378 1247 1254 1254 1254
  1254 1205 1278 1205 1490 1176 1490 1176 1490 1176 1509 1193 1509 1193 1509 1193 1509 1193 1479 1514 1539 1278
  1240 1211 1240 1211 1240 1211 1240 1211 1240 1211 1534 1281 1534 1281 1534 1281 1534 1281 1527 1254 1632 1254
  567 536 567 536 567 536 567 536 567 536 1754 1071 1187 536 1440 1166 1160 1158 536 1158 536 1158
  772 1173 858 1232 536 1555 1253 1555 1253 1555 1253 0 1555 1253 1574 1247 1574 1247 1574 1247 2076 2031
  1336 813 1336 813 1336 813 1332 1125 1332 1125 1332 1125 1332 1125 1352 723 1352 859 1352 723 1507 1254
  1507 1254 1507 1254 1507 1254 1507 1254 1507 1254 2089 1719 1461 1205 1461 1336 1159 1336 1159 1336 1159 685
`;
/** Every letter of JetBrains Mono is this wide, in em. */
const MONO = 0.6;

const numbers = (text: string) => Uint16Array.from(text.trim().split(/\s+/), Number);
export const WIDTHS: Readonly<Record<Lettering['weight'], Uint16Array>> = { 400: numbers(REGULAR), 600: numbers(SEMIBOLD) };

/** Punctuation beyond the table, in em. */
const SIGNS: ReadonlyMap<number, number> = new Map([
  [0x2013, 0.5],
  [0x2014, 1],
  [0x2018, 0.28],
  [0x2019, 0.28],
  [0x201c, 0.48],
  [0x201d, 0.48],
  [0x2022, 0.55],
  [0x2026, 0.9],
]);

/** Ranges of code points and their width in em; what is in none is a letter of another script. */
const RANGES: readonly (readonly [number, number, number])[] = [
  [0x0, 0x1f, 0],
  [0x300, 0x36f, 0],
  [0x1100, 0x11ff, 1],
  [0x200b, 0x200f, 0],
  [0x2e80, 0xd7ff, 1],
  [0xf900, 0xfaff, 1],
  [0xff00, 0xff60, 1],
  [0x10000, 0x10ffff, 1.2],
];
const LETTER = 0.65;

/** Width of one character in em where the table has none: East Asian and pictures are as wide as they are high. */
function otherWidth(code: number): number {
  const sign = SIGNS.get(code);
  if (sign !== undefined) return sign;
  return RANGES.find(([from, to]) => code >= from && code <= to)?.[2] ?? LETTER;
}

function letterWidth(code: number, { family, weight }: Lettering): number {
  if (family === 'mono' && ((code >= 0x20 && code < 0x500) || SIGNS.has(code))) return MONO;
  const known = family === 'sans' && code >= FIRST ? WIDTHS[weight][code - FIRST] : undefined;
  return known === undefined || known === 0 ? otherWidth(code) : known / UNITS;
}

/** Width of a text in pixels, without kerning: exact for the shipped fonts' Latin letters, a good guess for others. */
export function textWidth(text: string, lettering: Lettering): number {
  let em = 0;
  for (const letter of text) em += letterWidth(letter.codePointAt(0) as number, lettering);
  return em * lettering.size;
}

/** A text that fits into so many pixels: itself, or its beginning with an ellipsis, by whole code points. */
export function fitText(text: string, lettering: Lettering, room: number): string {
  if (textWidth(text, lettering) <= room) return text;
  const points = [...text];
  let width = textWidth('…', lettering);
  let kept = 0;
  for (const letter of points) {
    width += letterWidth(letter.codePointAt(0) as number, lettering) * lettering.size;
    if (width > room) break;
    kept += 1;
  }
  return `${points.slice(0, Math.max(1, kept)).join('').trimEnd()}…`;
}
