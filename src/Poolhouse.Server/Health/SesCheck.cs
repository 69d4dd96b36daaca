using Poolhouse.Amazon.Ses;

namespace Poolhouse.Server.Health;

/// <summary>Amazon SES: without it mail waits, and everything else goes on.</summary>
internal sealed class SesCheck(SesOptions options, SesClient client) : IEngineCheck
{
    public string Name => "mail";

    public bool IsRequired => false;

    public async ValueTask<EngineState> CheckAsync(CancellationToken ct) => await client.AccountAsync(ct) switch
    {
        SesAccount.Known { MaySend: false } => EngineState.Out($"Amazon SES in {options.Region} answers, but the account's sending is paused; its console says why."),
        SesAccount.Known { IsProduction: false } => EngineState.Well($"Amazon SES in {options.Region} takes mail, but the account is in the sandbox: only verified addresses get any."),
        SesAccount.Known => EngineState.Well($"Amazon SES in {options.Region} takes mail."),
        SesAccount.Hidden => EngineState.Well($"Amazon SES in {options.Region} answers; whether the account may send can't be told without the permission ses:GetAccount."),
        SesAccount.Unknown("ses-no-credentials") => EngineState.Out("There are no AWS credentials for Amazon SES: give the node a role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."),
        SesAccount.Unknown(var reason) => EngineState.Out($"Amazon SES in {options.Region} can't be used ({reason}); mail waits."),
        _ => throw new InvalidOperationException("An account of a new kind."),
    };
}
