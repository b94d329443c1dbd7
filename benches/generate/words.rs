//! Sentences as they stand on status pages. What stands in braces is filled in: the component's `name`, and words of the
//! lists below.

/// Titles of incidents.
pub(super) const TROUBLES: [&str; 14] = [
    "Slow responses in {name}",
    "Errors in {name}",
    "Intermittent failures in {name}",
    "Timeouts in {name}",
    "Delays in {name}",
    "{name} unavailable for some customers",
    "{name} unavailable",
    "Missing data in {name}",
    "More errors than usual in {name}",
    "Outdated figures in {name}",
    "Failed requests to {name}",
    "{name} cannot be reached from parts of Europe",
    "Interrupted sessions in {name}",
    "Changes in {name} arrive late",
];

/// Titles of maintenance.
pub(super) const WORKS: [&str; 5] = [
    "Database upgrade for {name}",
    "Move of {name} to larger machines",
    "Renewal of certificates for {name}",
    "Network work that affects {name}",
    "Planned failover of {name}",
];

/// Titles of notices.
pub(super) const NEWS: [&str; 4] = [
    "Old versions of {name} lose support",
    "Further addresses for {name}",
    "Shorter retention in {name}",
    "Stricter limits in {name}",
];

/// What an update says, by its status.
pub(super) const INVESTIGATING: [&str; 10] = [
    "We are looking into errors in {name} that began some {minutes} minutes ago.",
    "Since a short while ago {share} per cent of all requests to {name} have been failing or taking much longer than they should.",
    "Our monitoring shows that {name} answers slowly in {region}, and several merchants have told us the same.",
    "We know that {name} does not work as it should, and {team} has been called to find out why.",
    "At present we do not see a link to any change of today, so we are going through the {part} step by step.",
    "Customers may see an error page, or wait for up to {minutes} seconds until the page appears.",
    "The errors are spread over all shops, but most of them come from {region}.",
    "What has been saved is safe; the trouble is with what is being read and not with what is being written.",
    "If an attempt fails, please wait for a minute before the next one, since repeated attempts add to the load.",
    "We have ruled out the network between our sites and look at the {part} next.",
];

pub(super) const IDENTIFIED: [&str; 10] = [
    "We have found the cause: {change} sent far more work to the {part} than it can do.",
    "The {part} ran out of connections after {change}, and requests to {name} have been waiting for a free one since then.",
    "One of the machines of the {part} answers, but with old data, and it is being taken out of service.",
    "{change} is to blame, and we are taking it back on all machines, beginning with {region}.",
    "{team} is adding capacity to the {part}, which takes about {minutes} minutes for each group of machines.",
    "A disk of the {part} is full, so nothing new can be stored there until we have moved older data elsewhere.",
    "We had expected the {part} to switch over by itself, and it did not; we are doing so by hand.",
    "About {share} per cent of what fails is tried again by itself and succeeds, so that some customers notice a delay and nothing else.",
    "Until that is done, {name} stays slow, and some requests are still going to fail.",
    "The same part had given us trouble before, and a lasting repair was planned for the coming month.",
];

pub(super) const UPDATE: [&str; 12] = [
    "Work goes on: {share} per cent of all machines run the repaired version.",
    "Things have become better in {region}, while other places still wait for their turn.",
    "The first attempt did not help, because the {part} refused the older version, so we are preparing another.",
    "We see fewer errors than an hour ago, and those that remain come from the {part}.",
    "There is nothing new to tell yet; {team} is still working on the {part}, and we write again as promised.",
    "Copying the data takes longer than we had thought, since there is more of it than there was at the last rehearsal.",
    "We have limited the number of background jobs, so that customers come first; figures may be some hours late for that.",
    "The queue in front of {name} has shrunk by {share} per cent and goes on shrinking.",
    "Merchants who use older versions of our modules may see errors for {minutes} minutes longer than others.",
    "An engineer of our provider has joined us, and we have found that their side is as slow as ours.",
    "What could not be delivered is kept, and it will be sent in its order as soon as {name} is well again.",
    "We are rather slow on purpose: turning everything on at once would overload the {part} again.",
];

pub(super) const MONITORING: [&str; 9] = [
    "A repair is in place everywhere, and {name} has been answering as usual for {minutes} minutes.",
    "Error rates are back to where they were before, and we keep watching them.",
    "{name} works again for nearly all customers; in {region} the last machines are being restarted.",
    "What had been waiting is being worked off, which should take another {minutes} minutes.",
    "You need not do anything; requests that had failed have been tried again.",
    "We have put {change} back to what it was, and the {part} has recovered from that within minutes.",
    "The first busy hour after the repair has gone well, and {team} watches the next one too.",
    "Some pages may show older figures until their copies have run out.",
    "We leave the additional machines in place for now.",
];

pub(super) const RESOLVED: [&str; 9] = [
    "{name} works as it should again, and has done so for the last {minutes} minutes.",
    "All that had been delayed has been delivered, in its order and once only.",
    "The cause was {change}, which has been taken back; it will not be tried again before we understand why our tests did not catch it.",
    "No data has been lost, and no order was charged twice.",
    "We are sorry for the trouble that this has caused you and your customers.",
    "In all, {share} per cent of the requests of that time failed, most of them in {region}.",
    "If you still see errors, please write to support and name the time and the address of the page.",
    "{team} is going to look at what has happened in detail.",
    "From today on an alarm tells us when the {part} comes near to its limits, long before customers could notice.",
];

pub(super) const PLANNED: [&str; 9] = [
    "We exchange the machines of the {part} that serve {name}, one after the other.",
    "For {minutes} minutes at most {name} may answer more slowly than usual, and single requests may have to be sent again.",
    "Nothing changes for those who use {name} by our modules, and nobody needs to do anything beforehand.",
    "The work has been rehearsed twice with a copy of the data, and each of its steps can be taken back.",
    "We have chosen the hours with the fewest orders, judged by the same weekday of the last four months.",
    "{team} is at hand for as long as the work goes on, and for two hours longer.",
    "Orders that are placed meanwhile are kept and worked off afterwards.",
    "Should we not be able to finish in time, we stop at a safe point and announce another date.",
    "Programs that keep connections open should be ready to open them again, as they always should.",
];

/// What may be said at any time.
pub(super) const ALWAYS: [&str; 14] = [
    "Payments that were confirmed before are not affected, and they reach you as usual.",
    "Shops themselves stay open, and customers can look at products, fill their baskets and come back later.",
    "If your shop has a page for news of your own, you are welcome to point to this page from there.",
    "Support answers more slowly than usual at the moment, because many people ask the same question.",
    "Programs that use our API should honour the header that says when to try again, and wait for at least that long.",
    "Data in the dashboard may be up to {minutes} minutes behind what customers see in the shop.",
    "Messages to your customers are sent later, but none of them is lost.",
    "We know that this comes at a bad hour for those who prepare their orders in the morning.",
    "Shops in other regions have not been touched by this, as far as we can see from our measurements.",
    "Those who have switched on the second data centre are served from there and should notice very little.",
    "Stock figures are compared with those of the warehouse once it is over, so that nothing is sold twice.",
    "Whoever was signed in stays signed in; signing in anew may take some attempts.",
    "Numbers of orders may have gaps afterwards, which has no meaning and can be explained to your accountant with a link to this page.",
    "Imports that had begun are stopped and started again from their last complete step.",
];

/// What a postmortem tells, in the order in which it is told.
pub(super) const STORY: [&str; 16] = [
    "At the beginning of the day everything looked as it does on any other, with {share} per cent of the machines of the {part} in use.",
    "Then {change} reached the last group of machines, an hour later than planned, because an earlier step had to be repeated.",
    "The {part} keeps a table of all open sessions in memory, and that table grew faster than it was cleaned.",
    "Requests to {name} waited for the table, gave up after {minutes} seconds, and were sent once more by those who had asked.",
    "So each failed request became two, and the load doubled within {minutes} minutes.",
    "The alarm for slow answers rang as it should, but its text named the wrong part, and {team} first looked at the network.",
    "A merchant from {region} sent us the answer of our own server, in which the name of the {part} could be read.",
    "From there it took us {minutes} minutes to find the change, and as long again to find somebody who was allowed to take it back.",
    "Taking it back worked at the first attempt, yet the machines had to be restarted one by one.",
    "After the restart all of them asked for the same data at once, which is what we had made the limits for in the year before.",
    "Those limits had been switched off for a test and never been switched on again.",
    "With the limits back in place the load fell, and the errors with it, first in {region} and then everywhere else.",
    "We left the additional machines running overnight, and took them away when the busiest hour of the next day had gone well.",
    "No data was lost, since orders are written to two places before they are confirmed.",
    "{share} per cent of the orders of that hour were placed later, which we take from the comparison with the weeks before.",
    "What we did not know was how many merchants rely on {name} for work that cannot wait until the next morning.",
];

pub(super) const REGIONS: [&str; 8] = [
    "Scandinavia",
    "Central Europe",
    "the British Isles",
    "southern Europe",
    "North America",
    "South America",
    "India",
    "Australia",
];

pub(super) const PARTS: [&str; 14] = [
    "session store",
    "primary database",
    "search index",
    "message queue",
    "load balancer",
    "cache of prices",
    "image server",
    "store of uploads",
    "scheduler",
    "gateway to the banks",
    "configuration service",
    "event stream",
    "replica in the second data centre",
    "name service",
];

pub(super) const CHANGES: [&str; 12] = [
    "a new version of the basket",
    "an index that was dropped too early",
    "a change of a time limit",
    "a certificate that had run out",
    "the export of all orders by a large merchant",
    "an import of two million products",
    "an update of the operating system",
    "a rule of the firewall",
    "a query that had become slow overnight",
    "a campaign of which we had not been told",
    "the failure of a switch",
    "a setting that was meant for the sandbox",
];

pub(super) const TEAMS: [&str; 6] = [
    "the platform team",
    "the payments team",
    "the team on call",
    "the storage team",
    "the shop team",
    "the network team",
];

/// Who writes, as it stands in names of files.
pub(super) const AUTHORS: [&str; 9] =
    ["amal", "birgit", "chidi", "dolores", "emil", "fatima", "goran", "hanae", "ines"];
