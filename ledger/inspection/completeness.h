#pragma once

#include "ledger/inspection/pack_reading.h"

namespace wsoa {

// Of a pack that leaves leaves out: whether those that are here are as many as it says, and of its
// plan or of the ledger itself; and by whose word none of these is among the others.
//
// Up to the size that the plan's last closed period covers that follows from the events, since
// whoever closed it signed how many there were of each subject: where the verdict went into meaning
// and found nothing against that event. From there on it rests on the word of whoever made the
// pack; so does all of it where not all events could be read. The verdict of the events is added
// to.
void check_completeness(const PackFile& pack, const PackReading& reading, Depth depth,
                        Verdict& verdict);

}  // namespace wsoa
