using Poolhouse.Scaling;

// Every number that docs/scaling.md computes. The seed is fixed: two runs print the same.
Reckoning.Print();
Storms.Print();
Generations.Print();
MailBacklog.Print();
