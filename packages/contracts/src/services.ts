/** The subgraphs that ship with the product. An extender's service adds its name here. */
export const SERVICES = ['cases', 'officials', 'supervision', 'assistance'] as const;
export type ServiceName = (typeof SERVICES)[number];
