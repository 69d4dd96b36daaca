using Poolhouse.Core.Accounts.Kyc;

namespace Poolhouse.Server.Health;

/// <summary>ClamAV: while it is away uploads of identity documents are refused, and nothing else.</summary>
internal sealed class ScannerCheck(KycScanner scanner) : IEngineCheck
{
    public string Name => "scanner";

    public bool IsRequired => false;

    public async ValueTask<EngineState> CheckAsync(CancellationToken ct) => await scanner.AnswersAsync(ct)
        ? EngineState.Well("ClamAV answers.")
        : EngineState.Out("ClamAV does not answer; uploads of identity documents are refused until it does. Look whether clamd runs and its socket is the one of Kyc:ClamAv.");
}
