// The first script, and a small one: what the address needs is fetched side by side, not one after the other. The page's own
// module comes before the rest, since the longest way to something painted leads through it.
import { draftNameIn } from './app/draft-address.ts'

if (draftNameIn(location.pathname) !== undefined) void import('./panels/designer-page.tsx')
void import('./main.tsx')
