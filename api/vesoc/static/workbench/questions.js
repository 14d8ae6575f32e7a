// The page of a question: only its copy buttons need a script.

import { offerCopies } from "./copy.js";

offerCopies(document);
