import type { Route } from '../subgraph';
import { downloadRoute } from './download-route';
import type { FileRouteOptions } from './route-options';
import { uploadRoute } from './upload-route';

/** `PUT /internal/files` and `GET /internal/downloads/<token>`, for `serveSubgraph({ routes })`. */
export const fileRoutes = (options: FileRouteOptions): readonly Route[] => [uploadRoute(options), downloadRoute(options)];
