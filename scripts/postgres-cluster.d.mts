export declare const CLUSTER_PATH: string;
export declare function ensureCluster(): Promise<void>;
