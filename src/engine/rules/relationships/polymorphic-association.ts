import { offerPolymorphic } from '../../reshape/offers.ts';
import { polymorphicPairs } from '../../smells/pairs.ts';
import { defineRule, reshapeFix, type Said } from '../define.ts';
import { titleOf } from '../labels.ts';

export const polymorphicAssociation = defineRule({
  id: 'polymorphic-association',
  category: 'relationships',
  scope: 'model',
  severity: 'warning',
  title: 'Reference to one of several tables',
  docs: {
    what: 'A pair of columns such as item_type, item_id names a table and a row of it. The pair must have a name of that kind (target, item, owner, resource, commentable ...), be indexed together, or have values that name tables; one whose id has a foreign key is left alone. Which tables it may name is read from the type, checks, views, routines and sampled values.',
    why: 'No foreign key can be declared on such a pair, so nothing keeps it pointing at a row that exists; every join needs a condition for each type.',
    todo: 'Use one nullable foreign key for each possible parent with a CHECK that exactly one is set, a link table for each parent, or a common supertype table that all parents refer to.',
  },
  sources: ['Bill Karwin, SQL Antipatterns: Polymorphic Associations'],
  check: (at) =>
    Object.values(at.document.tables).flatMap((table) =>
      polymorphicPairs(at.document, table, at.uses()).map((pair): Said => {
        const { type, id, evidence } = pair;
        const offer = offerPolymorphic(at.document, table, pair);
        return {
          at: [id, type].map(({ id: part }) => ({ record: table.id, part })),
          what: `${titleOf(at.document, table)}.${id.name} points into the table that ${type.name} names: no foreign key can hold it.`,
          evidence,
          ...(offer?.kind === 'polymorphic'
            ? { fixes: [reshapeFix(`Use a foreign key for each of ${offer.targets.length} tables`, offer)] }
            : {}),
        };
      }),
    ),
  examples: {
    bad: [
      {
        ddl: 'CREATE TABLE comments (id int PRIMARY KEY, target_type text NOT NULL, target_id int NOT NULL);',
        expect: ['comments.target_id'],
      },
      {
        note: 'The tables are known by a check.',
        ddl: `CREATE TABLE posts (id int PRIMARY KEY);
CREATE TABLE photos (id int PRIMARY KEY);
CREATE TABLE likes (id int PRIMARY KEY, liked_type text NOT NULL CHECK (liked_type IN ('Post', 'Photo')), liked_id int NOT NULL);`,
        expect: ['likes.liked_id'],
      },
    ],
    good: [
      {
        ddl: `CREATE TABLE posts (id int PRIMARY KEY);
CREATE TABLE photos (id int PRIMARY KEY);
CREATE TABLE comments (id int PRIMARY KEY, post_id int REFERENCES posts, photo_id int REFERENCES photos,
  CHECK (num_nonnulls(post_id, photo_id) = 1));`,
      },
      {
        note: 'An event has a type and an id of its own.',
        ddl: 'CREATE TABLE events (event_id int PRIMARY KEY, event_type text NOT NULL);',
      },
    ],
  },
});
