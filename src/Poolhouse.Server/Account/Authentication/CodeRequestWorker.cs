using System.Net;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Account.Invites;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Authentication;

/// <summary>Does what <see cref="CodeRequests"/> wrote down: asks the pool for the code, or mails a link. Any number of nodes may run it.</summary>
internal sealed partial class CodeRequestWorker(
    IDatabase database, Applications applications, IUserPools pools, ConfirmationLinks links, CodeRequestSignal signal, IRandom random, TimeProvider clock,
    ILogger<CodeRequestWorker> logger) : BackgroundService
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly CognitoIdpJson Json = CognitoIdpJson.Instance;

    private readonly string _owner = random.UuidText();
    private readonly Queue<(CodeRequest Request, bool IsDone)> _unwritten = new();

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Repeated.RunAsync(DoAllAsync, (_, ct) => signal.WaitAsync(Poll, ct), LogStoreFailed, stoppingToken);

    private async Task DoAllAsync(CancellationToken ct)
    {
        // What could not be written down has to be before anything is claimed: it might be the same, and would be done twice.
        await WriteDownAsync(ct);
        while (await ClaimAsync(ct) is { Count: > 0 } claimed)
        {
            foreach (var request in claimed)
            {
                _unwritten.Enqueue((request, await DoAsync(request, ct)));
                try
                {
                    await WriteDownAsync(ct);
                }
                catch (Exception failure) when (!ct.IsCancellationRequested)
                {
                    // The database is away or fails over: the others of the batch need not wait for that, nor for their leases to end.
                    LogStoreFailed(failure);
                }
            }

            await WriteDownAsync(ct);
        }
    }

    private async Task<IReadOnlyList<CodeRequest>> ClaimAsync(CancellationToken ct)
    {
        // Looked for by reading first: an idle node should not write.
        var now = clock.GetUtcNow();
        if (!await database.ReadAsync(stores => stores.CodeRequests.IsAnyDueAsync(now, ct), ct)) return [];
        return await database.WriteAsync(unit => unit.CodeRequests.ClaimAsync(_owner, AtOnce, Lease, now, ct), ct);
    }

    /// <summary>False where it is to be tried again.</summary>
    private async Task<bool> DoAsync(CodeRequest request, CancellationToken ct)
    {
        try
        {
            // An application that was taken from the configuration since has nobody to mail to.
            if (applications.Find(request.Application) is { } application) await SendAsync(application, request, ct);
            return true;
        }
        catch (CognitoException refused) when (refused.Status < 500 && refused.Type is not "TooManyRequestsException")
        {
            // There is no such account, it is confirmed, or its owner has had mail enough.
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // The pool doesn't answer or has no room. The type only: the text may hold an address.
            LogFailed(request.Id, failure.GetType().Name);
            return false;
        }
    }

    private async Task WriteDownAsync(CancellationToken ct)
    {
        while (_unwritten.TryPeek(out var result))
        {
            var (request, isDone) = result;
            var now = clock.GetUtcNow();
            var pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(request.Attempts, 10)));
            await database.WriteAsync(
                async unit =>
                {
                    if (isDone || now + pause > request.CreatedAt + CodeRequest.Lifetime) await unit.CodeRequests.RemoveAsync(request.Id, _owner, ct);
                    else await unit.CodeRequests.DeferAsync(request.Id, _owner, now + pause, ct);
                    return true;
                },
                ct);
            _unwritten.Dequeue();
        }
    }

    private async ValueTask SendAsync(Application application, CodeRequest request, CancellationToken ct)
    {
        var address = IPAddress.TryParse(request.Address, out var parsed) ? parsed : null;
        var origin = Origin.Of(address, request.UserAgent) with { RequestId = request.Id };
        var pool = pools.Of(application);
        if (request.Purpose != CodeRequestPurpose.PasswordReset && await ConfirmAsync(pool, application, request, origin, ct)) return;
        if (request.Purpose == CodeRequestPurpose.Confirmation) return;
        var forgot = new ForgotPasswordRequest { ClientId = pool.ClientId, Username = request.Email };
        await pool.CallAsync("ForgotPassword", forgot, Json.ForgotPasswordRequest, Json.ForgotPasswordResponse, origin, ct);
    }

    private async ValueTask<bool> ConfirmAsync(IUserPoolGateway pool, Application application, CodeRequest request, Origin origin, CancellationToken ct)
    {
        if (application.ConfirmBy == ConfirmationWay.Link) return await links.SendAsync(application, request.Email, request.Language, origin, clock.GetUtcNow(), ct);
        try
        {
            var resend = new ResendConfirmationCodeRequest { ClientId = pool.ClientId, Username = request.Email };
            await pool.CallAsync("ResendConfirmationCode", resend, Json.ResendConfirmationCodeRequest, Json.ResendConfirmationCodeResponse, origin, ct);
            return true;
        }
        catch (CognitoException confirmed) when (confirmed.Type == "InvalidParameterException")
        {
            return false;
        }
    }

    [LoggerMessage(EventIds.CodeRequestFailed, LogLevel.Warning, "Code request {Request} failed with {Exception}; it is tried again.")]
    private partial void LogFailed(string request, string exception);

    [LoggerMessage(EventIds.CodeRequestsFailed, LogLevel.Warning, "Code requests can't go on; it is tried again.")]
    private partial void LogStoreFailed(Exception failure);
}
