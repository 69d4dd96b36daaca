namespace Poolhouse.Scaling;

/// <summary>One, a hundred and a thousand million users: what they ask for at the peak, and what they leave behind. Arithmetic, of <see cref="Facts"/>.</summary>
internal static class Reckoning
{
    // Assumed behaviour; docs/scaling.md says so beside the table.
    private const double Active = 0.2;
    private const double SignInsOfActive = 0.2;
    private const double CookiesOfSignIns = 0.5;
    private const double RefreshesOfActive = 4;
    private const double ReadsOfActive = 20;
    private const double TouchesOfActive = 10;
    private const double SignUpsOfUsers = 0.001;
    private const double MailsOfActive = 0.05;
    private const double Peak = 4;
    private const double Busy = 0.5;

    // Assumed: what PostgreSQL needs of a processor for one of our statements, all of which are looked up in an index.
    private const double StatementCost = 0.0001;

    private const double Day = 86_400;
    private static readonly double[] Sizes = [1e6, 1e8, 1e9];

    public static void Print()
    {
        Table.Begin("The reckoning", "users", "1 million", "100 million", "1,000 million");
        Line("sign-ins/s, peak", n => Table.Round(Rate(n, Active * SignInsOfActive)));
        Line("refreshes/s, peak", n => Table.Round(Rate(n, Active * RefreshesOfActive)));
        Line("session reads/s, peak", n => Table.Round(Rate(n, Active * ReadsOfActive)));
        Line("sign-ups/s, peak", n => Table.Round(Rate(n, SignUpsOfUsers)));
        Line("mails/s, peak", n => Table.Round(Rate(n, SignUpsOfUsers + (Active * MailsOfActive))));
        Line("nodes' processors, half busy", n => Table.Round(Processors(n)));
        Line("of these for passwords", n => Table.Percent((Rate(n, Active * SignInsOfActive) + Rate(n, SignUpsOfUsers)) * Facts.HashCost / Busy / Processors(n)));
        Line("statements/s, peak", n => Table.Round(Statements(n)));
        Line("PostgreSQL's processors, half busy", n => Table.Round(Statements(n) * StatementCost / Busy));
        Line("write-ahead log/s, peak", n => Table.Bytes(Log(n)));
        Line("write-ahead log a day", n => Table.Bytes(Log(n) * Day / Peak));
        Line("users, names, accounts", n => Table.Bytes(n * Facts.UserBytes));
        Line("sign-ins that last (31 days)", n => Table.Bytes(n * Active * SignInsOfActive * 31 * Facts.FamilyBytes));
        Line("cookie sessions (14 days)", n => Table.Bytes(n * Active * SignInsOfActive * CookiesOfSignIns * 14 * Facts.SessionBytes));
        Line("history and audit (two years)", n => Table.Bytes(n * ((Active * SignInsOfActive) + SignUpsOfUsers) * 730 * Facts.HistoryBytes));
        Line("mails (a week)", n => Table.Bytes(n * (SignUpsOfUsers + (Active * MailsOfActive)) * 7 * Facts.MailBytes));
        Line("Redis: sessions of five minutes", n => Table.Bytes(Math.Min(Rate(n, Active * ReadsOfActive) * 300, n * Active) * Facts.RedisSessionBytes));
        Line("Redis: counters of an hour", n => Table.Bytes(n * Active * Peak / 24 * 2 * Facts.RedisCounterBytes));
        Line("rows that fall due/s, largest table", n => Table.Round(n * Active * SignInsOfActive / Day));
        Line("rows left dead/s, peak", n => Table.Round(Rate(n, Active * TouchesOfActive) + (4 * Rate(n, Active * SignInsOfActive))));
    }

    private static double Rate(double users, double aDay) => users * aDay / Day * Peak;

    private static double Processors(double n) => (
        (Rate(n, Active * SignInsOfActive) * Facts.HashCost)
        + (Rate(n, SignUpsOfUsers) * Facts.HashCost)
        + (Rate(n, Active * RefreshesOfActive) * Facts.RefreshCost)
        + (Rate(n, Active * ReadsOfActive) * Facts.SessionReadCost)) / Busy;

    private static double Statements(double n) =>
        (Rate(n, Active * SignInsOfActive) * Facts.SignIn.Statements)
        + (Rate(n, Active * RefreshesOfActive) * Facts.Refresh.Statements)
        + (Rate(n, Active * ReadsOfActive) * Facts.SessionRead.Statements)
        + (Rate(n, Active * TouchesOfActive) * (Facts.Touch.Statements - Facts.SessionRead.Statements))
        + (Rate(n, SignUpsOfUsers) * Facts.SignUp.Statements);

    private static double Log(double n) =>
        (Rate(n, Active * SignInsOfActive) * Facts.SignIn.Log)
        + (Rate(n, Active * TouchesOfActive) * Facts.Touch.Log)
        + (Rate(n, SignUpsOfUsers) * Facts.SignUp.Log);

    private static void Line(string name, Func<double, string> cell) => Table.Row([name, .. Sizes.Select(cell)]);
}
