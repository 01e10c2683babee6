/** Headings that mysqldump, mariadb-dump and phpMyAdmin write over every object: they say again what the statement says. */
const HEADING = [
  'Table structure for table',
  'Temporary (?:table|view) structure for view',
  'Final view structure for view',
  'Stand-in structure for view',
  'Structure for view',
  'Sequence structure for',
  'View structure for view',
  'Procedure structure for procedure',
  'Function structure for function',
  'Dumping data for table',
  'Dumping (?:routines|events) for database',
  'Current Database:',
  'Database:',
  'Indexes for (?:dumped tables|table)',
  'Constraints for (?:dumped tables|table)',
  'AUTO_INCREMENT for (?:dumped tables|table)',
  'GTID state at the (?:beginning|end) of the backup',
  'Triggers `',
  'Metadata for (?:table|database)',
].join('|');

const NOTE = new RegExp(`^--[ \\t]*\\n-- (?:${HEADING})[^\\n]*\\n--[ \\t]*$`, 'gm');

/** Lines at the head and foot of a dump. */
const LINE =
  /^(?:-- (?:MySQL dump|MariaDB dump|Host:|Server version|Dump completed|phpMyAdmin SQL Dump|version \d|https:\/\/www\.phpmyadmin\.net|Generation Time:|PHP Version:)[^\n]*|-- ?-{20,}|--|\/\*M?!999999[^\n]*\*\/)[ \t]*$/gm;

/**
 * Comments between statements of MySQL without those that dump programs write by themselves, and with `#` as `--`.
 * @param gap white space and comments.
 */
export function gapOf(gap: string): string {
  const text = gap.replaceAll('\r\n', '\n').replaceAll(/^([ \t]*)# ?/gm, '$1-- ');
  return text.replaceAll(NOTE, '').replaceAll(LINE, '');
}
