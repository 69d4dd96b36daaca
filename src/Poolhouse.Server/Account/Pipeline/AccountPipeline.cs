using Poolhouse.Core.Accounts;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Limits;
using Poolhouse.Server.Wire;
using Poolhouse.Storage;

namespace Poolhouse.Server.Account.Pipeline;

/// <summary>What every request to the account API goes through: its id, its limits, who calls, and the one catch that writes problems.</summary>
internal sealed partial class AccountPipeline(Callers callers, RateLimiter limiter, ILogger<AccountPipeline> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        RequestIds.Echo(http);
        var call = AccountCall.Of(http);
        var ct = http.RequestAborted;
        try
        {
            var metadata = http.GetEndpoint()!.Metadata;
            if (metadata.GetMetadata<Requirement>() is { } requirement) await DemandAsync(call, requirement, ct);
            foreach (var limit in metadata.GetOrderedMetadata<RateLimit>()) await limiter.DemandAsync(call, limit, ct);
            return await next(context);
        }
        catch (ProblemException refused)
        {
            return Problem.Answer(http, refused, call.Language);
        }
        catch (SessionStoreUnavailableException)
        {
            return Problem.Answer(http, Problems.Unavailable("SESSION_STORE_UNAVAILABLE"), call.Language);
        }
        catch (UninvitedException)
        {
            return Problem.Answer(http, Problems.Of("INVITE_REQUIRED"), call.Language);
        }
        catch (CognitoException refused)
        {
            return Problem.Answer(http, PoolProblems.Of(refused), call.Language);
        }
        catch (Exception away) when (DatabaseOutage.Is(away))
        {
            LogAway(logger, http.GetEndpoint()?.DisplayName, away.GetType().Name, http.TraceIdentifier);
            return Problem.Answer(http, Problems.Unavailable(), call.Language);
        }
        catch (Exception bug) when (bug is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // The route's pattern, not the path: that may hold a token.
            LogFailed(logger, bug, http.GetEndpoint()?.DisplayName, http.TraceIdentifier);
            return Problem.Answer(http, Problems.Of("INTERNAL_ERROR"), call.Language);
        }
    }

    private async ValueTask DemandAsync(AccountCall call, Requirement requirement, CancellationToken ct)
    {
        // The answer depends on who asks, also where a stranger may.
        call.Http.Response.Headers.Vary = "Authorization, Cookie";
        if (await callers.FindAsync(call, ct) is { } caller) call.Become(caller);
        else if (!requirement.IsOptional) throw Problems.Of(requirement.StrangersHear);
        if (requirement.IsForOperators && !call.SignedIn.IsOperator) throw Problems.Forbidden();
    }

    [LoggerMessage(EventIds.RequestFailed, LogLevel.Error, "{Route} failed, request {RequestId}.")]
    private static partial void LogFailed(ILogger logger, Exception bug, string? route, string requestId);

    [LoggerMessage(EventIds.DatabaseAway, LogLevel.Warning, "{Route} could not be answered, for the database is away ({Exception}), request {RequestId}.")]
    private static partial void LogAway(ILogger logger, string? route, string exception, string requestId);
}
