import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

/** A repeating group, a polymorphic pair and a list in one text; the check and the view say more of the last two. */
const SMELLY = `CREATE TABLE posts (id int PRIMARY KEY, title text NOT NULL, labels text);
CREATE TABLE photos (id int PRIMARY KEY, path text NOT NULL);
CREATE TABLE contacts (id int PRIMARY KEY, name text NOT NULL, phone1 varchar(20), phone2 varchar(20), phone3 varchar(20));
CREATE TABLE likes (
  id int PRIMARY KEY,
  liked_type text NOT NULL CHECK (liked_type IN ('Post', 'Photo')),
  liked_id int NOT NULL
);
CREATE VIEW post_labels AS SELECT p.id, string_to_table(p.labels, ',') AS label FROM posts p;
`;

const PHONES = 'contacts holds phone 3 times';
const LIKES = 'likes.liked_id points into the table that liked_type names';
const LABELS = 'posts.labels looks like a list of values in one text';

const problem = (panel: Locator, name: string) => panel.getByRole('treeitem', { name });
const chosen = (panel: Locator) => panel.getByRole('article', { name: 'The chosen problem' });

async function begin(page: Page): Promise<Locator> {
  await studio.start(page);
  await studio.importSql(page, SMELLY);
  return studio.showDock(page, 'Problems');
}

test('numbered columns become a table: evidence, what changes, the SQL for rows, applied and undone', async ({ page }) => {
  const panel = await begin(page);
  await problem(panel, PHONES).click();
  await expect(chosen(panel)).toContainText('phone1, phone2, phone3: varchar, numbered 1 to 3');
  await chosen(panel)
    .getByRole('button', { name: /^Move them to rows of a new table contact_phones/ })
    .click();
  const fix = studio.dialog(page, 'Move them to rows of a new table contact_phones');
  await expect(fix.getByRole('figure').filter({ hasText: 'CREATE TABLE contact_phones' })).toContainText(
    'PRIMARY KEY (contact_id, "position")',
  );
  await expect(fix.getByRole('region', { name: 'What it means for the data' })).toContainText('any number of rows');
  await fix.getByText('SQL for rows').click();
  await expect(fix.locator('.view-lines')).toContainText('INSERT INTO contact_phones');
  await fix.getByText('The way back', { exact: true }).click();
  await expect(fix.locator('.view-lines')).toContainText('ADD COLUMN phone3 varchar(20)');
  await fix.getByRole('button', { name: 'Apply' }).click();
  await expect(fix).toHaveCount(0);

  await expect(problem(panel, PHONES)).toHaveCount(0);
  await expect(studio.table(page, 'contact_phones')).toBeVisible();
  await expect(studio.row(page, 'contact_phones', 'phone')).toBeVisible();
  await expect(studio.row(page, 'contacts', 'phone2')).toHaveCount(0);
  await studio.ddlSays(page, (text) => {
    expect(text).toContain('CREATE TABLE contact_phones');
    expect(text).not.toContain('phone3');
  });

  await studio.focusCanvas(page);
  await studio.undo(page);
  await expect(studio.table(page, 'contact_phones')).toHaveCount(0);
  await expect(studio.row(page, 'contacts', 'phone2')).toBeVisible();
  await studio.showDock(page, 'Problems');
  await expect(problem(panel, PHONES)).toBeVisible();
});

test('a polymorphic pair becomes foreign keys; a list that is meant is waived with its reason', async ({ page }) => {
  const panel = await begin(page);
  await problem(panel, LIKES).click();
  await expect(chosen(panel)).toContainText('“Post” by check of likes: table posts');
  await chosen(panel)
    .getByRole('button', { name: /^Use a foreign key for each of 2 tables/ })
    .click();
  const fix = studio.dialog(page, 'Use a foreign key for each of 2 tables');
  await expect(fix.getByRole('figure').filter({ hasText: 'liked_type' }).first()).toContainText(
    'num_nonnulls(post_id, photo_id) = 1',
  );
  await fix.getByRole('button', { name: 'Apply' }).click();
  await expect(problem(panel, LIKES)).toHaveCount(0);
  await expect(studio.row(page, 'likes', 'photo_id')).toBeVisible();
  const files = await studio.downloadZip(page, studio.exporting(page, 'Design documents'));
  const script = Object.entries(files).find(([name]) => name.includes('changes/') && !name.endsWith('.down.sql'))?.[1] ?? '';
  expect(script).toContain('UPDATE likes SET post_id = CASE');
  await studio.closeDialog(page);

  await studio.showDock(page, 'Problems');
  await problem(panel, LABELS).click();
  await expect(chosen(panel)).toContainText("view post_labels: string_to_table(p.labels, ',')");
  await chosen(panel)
    .getByRole('button', { name: /^Waive with a reason/ })
    .click();
  await chosen(panel).getByRole('textbox', { name: 'Why this is right as it is' }).fill('Shown as it is, never searched');
  await chosen(panel).getByRole('button', { name: 'Waive', exact: true }).click();
  await expect(problem(panel, LABELS)).toHaveCount(0);
  await panel.getByRole('button', { name: 'Waived (1)' }).click();
  await expect(problem(panel, LABELS)).toBeVisible();
});

test('the profile of a file says which texts hold several facts', async ({ page }) => {
  await studio.start(page);
  await studio.dropFiles(page, {
    name: 'things.csv',
    content: `id,tags,code,weight
1,"red,green",CH-2024-001,12 kg
2,red,DE-2024-002,3 kg
3,"green,blue",CH-2023-003,700 g
4,"blue,red,green",CH-2024-004,1 kg
5,"red,blue",DE-2023-005,2 kg
`,
  });
  const profile = studio.dialog(page, /things\.csv/);
  for (const said of ['a list', 'a code', 'with a unit']) await expect(profile.getByText(said, { exact: true })).toBeVisible();
});
