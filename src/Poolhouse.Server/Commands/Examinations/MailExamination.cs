using Poolhouse.Messaging.Sending;

namespace Poolhouse.Server.Commands.Examinations;

/// <summary>The mail server: as far as one can talk with it without sending.</summary>
internal sealed class MailExamination(SmtpOptions? smtp, bool isDevelopment) : IExamination
{
    public string Part => "mail";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken ct)
    {
        if (smtp is null)
        {
            return isDevelopment
                ? [Finding.Good(Part, "Mail goes to the mailbox of Development.")]
                : [Finding.Warning(Part, "No mail server is configured: codes wait in the outbox until they expire.", "Set Smtp, unless pools send by functions of their own.")];
        }

        if (await SmtpInspection.FindProblemAsync(smtp, ct) is { } problem)
            return [Finding.Out(Part, "The mail server can't be used. " + problem, "Look at Smtp, and whether the server runs; mail waits in the outbox meanwhile.")];
        var findings = new List<Finding> { Finding.Good(Part, $"The mail server answers{(smtp.UseTls ? ", encrypted" : "")}{(smtp.User is null ? "" : ", and takes user and password")}.") };
        if (!smtp.UseTls && smtp.User is not null && smtp.Host is not ("localhost" or "127.0.0.1" or "::1"))
            findings.Add(Finding.Warning(Part, "User and password travel unencrypted.", "Take tls=false from Smtp."));
        return findings;
    }
}
