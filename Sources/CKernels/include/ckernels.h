// The inner loops of the index and the search, for each instruction set that makes them faster.
#pragma once

#include "ck_levels.h"
#include "ck_lines.h"
#include "ck_lists.h"
#include "ck_packing.h"
#include "ck_positions.h"
#include "ck_rules.h"
#include "ck_scoring.h"
#include "ck_terms.h"
#include "ck_writing.h"
