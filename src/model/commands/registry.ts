/** Every command by name. Adding a command = one file (or one line of a group), one line here. */
import { addColumn, moveColumns, removeColumns, setColumn } from './columns.ts';
import {
  addAttribute,
  addHierarchy,
  removeAttributes,
  removeHierarchies,
  setAttribute,
  setEntity,
  setHierarchy,
} from './concept.ts';
import { diagramCommands, duplicateDiagram, orderDiagrams, removeDiagrams } from './diagrams.ts';
import { setFacts } from './facts.ts';
import { areaCommands, markPlacements, noteCommands, placeObjects, removePlacements, setRoute } from './layout.ts';
import { addManyToMany } from './many-to-many.ts';
import {
  changeCommands,
  decisionCommands,
  queryCommands,
  removeSchemas,
  routineCommands,
  schemaCommands,
  sequenceCommands,
  setSettings,
  triggerCommands,
  verbatimCommands,
  viewCommands,
  waiverCommands,
} from './objects.ts';
import { putRecords } from './put-records.ts';
import { orderQueries } from './queries.ts';
import { decomposeTable } from './refactor/decompose-table.ts';
import { enumToLookup, lookupToEnum } from './refactor/enum-lookup.ts';
import { extractTable } from './refactor/extract-table.ts';
import { inlineTable } from './refactor/inline-table.ts';
import { moveColumnsAlong } from './refactor/move-columns.ts';
import { addStandardColumns } from './refactor/standard-columns.ts';
import { addSurrogateKey } from './refactor/surrogate-key.ts';
import { addRelationship, removeRelationships, setRelationship, swapRelationship } from './relationships.ts';
import { resolveAttribute } from './resolve-attribute.ts';
import { resolveHierarchy } from './resolve-hierarchy.ts';
import { realiseRelationship } from './resolve-relationship.ts';
import {
  checkCommands,
  dependencyCommands,
  exclusionCommands,
  indexCommands,
  keyCommands,
  movePart,
  policyCommands,
  setPrimaryKey,
} from './table-parts.ts';
import { addTable, duplicateTable, removeTables, setTable } from './tables.ts';
import { addType, removeTypes, setEnumValue, setType } from './types.ts';
import { unresolve } from './unresolve.ts';

export const COMMANDS = {
  putRecords,
  setSettings,
  addTable,
  setTable,
  removeTables,
  duplicateTable,
  addColumn,
  setColumn,
  removeColumns,
  moveColumns,
  setFacts,
  movePart,
  addKey: keyCommands.add,
  setKey: keyCommands.set,
  removeKeys: keyCommands.remove,
  setPrimaryKey,
  addExclusion: exclusionCommands.add,
  setExclusion: exclusionCommands.set,
  removeExclusions: exclusionCommands.remove,
  addCheck: checkCommands.add,
  setCheck: checkCommands.set,
  removeChecks: checkCommands.remove,
  addIndex: indexCommands.add,
  setIndex: indexCommands.set,
  removeIndexes: indexCommands.remove,
  addPolicy: policyCommands.add,
  setPolicy: policyCommands.set,
  removePolicies: policyCommands.remove,
  addDependency: dependencyCommands.add,
  setDependency: dependencyCommands.set,
  removeDependencies: dependencyCommands.remove,
  addRelationship,
  setRelationship,
  removeRelationships,
  swapRelationship,
  addManyToMany,
  addHierarchy,
  setHierarchy,
  removeHierarchies,
  resolveHierarchy,
  realiseRelationship,
  setEntity,
  addAttribute,
  setAttribute,
  removeAttributes,
  resolveAttribute,
  unresolve,
  extractTable,
  decomposeTable,
  inlineTable,
  moveColumnsAlong,
  addSurrogateKey,
  addStandardColumns,
  enumToLookup,
  lookupToEnum,
  addSchema: schemaCommands.add,
  setSchema: schemaCommands.set,
  removeSchemas,
  addType,
  setType,
  removeTypes,
  setEnumValue,
  addSequence: sequenceCommands.add,
  setSequence: sequenceCommands.set,
  removeSequences: sequenceCommands.remove,
  addView: viewCommands.add,
  setView: viewCommands.set,
  removeViews: viewCommands.remove,
  addRoutine: routineCommands.add,
  setRoutine: routineCommands.set,
  removeRoutines: routineCommands.remove,
  addTrigger: triggerCommands.add,
  setTrigger: triggerCommands.set,
  removeTriggers: triggerCommands.remove,
  addVerbatim: verbatimCommands.add,
  setVerbatim: verbatimCommands.set,
  removeVerbatim: verbatimCommands.remove,
  addWaiver: waiverCommands.add,
  removeWaivers: waiverCommands.remove,
  addDecision: decisionCommands.add,
  setDecision: decisionCommands.set,
  removeDecisions: decisionCommands.remove,
  addQuery: queryCommands.add,
  setQuery: queryCommands.set,
  removeQueries: queryCommands.remove,
  orderQueries,
  addChange: changeCommands.add,
  setChange: changeCommands.set,
  removeChanges: changeCommands.remove,
  addDiagram: diagramCommands.add,
  setDiagram: diagramCommands.set,
  removeDiagrams,
  duplicateDiagram,
  orderDiagrams,
  placeObjects,
  removePlacements,
  markPlacements,
  setRoute,
  addArea: areaCommands.add,
  setArea: areaCommands.set,
  removeAreas: areaCommands.remove,
  addNote: noteCommands.add,
  setNote: noteCommands.set,
  removeNotes: noteCommands.remove,
} as const;

export type CommandName = keyof typeof COMMANDS;

type ArgsOf<N extends CommandName> = Parameters<(typeof COMMANDS)[N]['run']>[1];

/** A command with its arguments, as plain data. */
export type CommandCall = { [N in CommandName]: { readonly name: N; readonly args: ArgsOf<N> } }[CommandName];
