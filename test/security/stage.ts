import { readFacts, type Facts } from './oracle/facts';
import { openOracle, ROW_STATEMENTS, type Oracle } from './oracle/rules';
import { readGraph, type Graph } from './paths/hops';
import { createSamples, type Samples } from './paths/samples';
import type { Sizes } from './sizes';
import { buildWorld, type World } from './world/build-world';
import { JUDGED, PERSONAS, type Persona } from './world/personas';
import { loadRules, type Rules } from './world/schema';
import { startSecuritySystem, type SecuritySystem } from './world/security-system';

/** The world, and what ought to be so in it. */
export interface Stage {
  readonly system: SecuritySystem;
  readonly world: World;
  readonly facts: Facts;
  readonly oracle: Oracle;
  readonly graph: Graph;
  /** What the SDL says of each type. */
  readonly rules: Rules;
  readonly samples: Samples;
  readonly personas: readonly Persona[];
  readonly caseOfNo: ReadonlyMap<number, string>;
}

export async function openStage(sizes: Sizes): Promise<Stage> {
  const system = await startSecuritySystem();
  try {
    return await setStage(system, await buildWorld(system, sizes.cases), sizes);
  } catch (error) {
    await system.stop();
    throw error;
  }
}

async function setStage(system: SecuritySystem, world: World, { personas }: Sizes): Promise<Stage> {
  const facts = await readFacts(system, ROW_STATEMENTS);
  const oracle = await openOracle(system, facts);
  const rules = loadRules();
  const caseOfNo = new Map([...world.lives, ...world.cases, ...world.sealed].map(({ no, id }) => [no, id]));
  return {
    system, world, facts, oracle, caseOfNo, rules, graph: readGraph(system.schema, rules), samples: createSamples({ world, facts, oracle }),
    personas: personas ? personas.map((name) => PERSONAS[name]) : JUDGED,
  };
}
