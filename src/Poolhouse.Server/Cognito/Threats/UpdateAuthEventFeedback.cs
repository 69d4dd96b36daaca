using Poolhouse.Core.Stores;
using Poolhouse.Core.Threats;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Threats;

/// <summary>
/// The same by the user, with the token of the mail that told of the event; it works once.
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateAuthEventFeedback.html
/// </summary>
internal sealed class UpdateAuthEventFeedback(Resources resources, IDatabase database, FeedbackTokens tokens)
    : IOperation<UpdateAuthEventFeedbackRequest, UpdateAuthEventFeedbackResponse>
{
    public async ValueTask<UpdateAuthEventFeedbackResponse> HandleAsync(UpdateAuthEventFeedbackRequest request, CallContext call, CancellationToken ct)
    {
        var pool = await resources.PoolAsync(request.UserPoolId!, ct);
        AuthEventMapping.Demand(pool);
        // The token first: without one nobody learns here who exists. Every way to be wrong has the same answer.
        var token = tokens.Read(pool.Id, request.FeedbackToken!, call.Now);
        var user = await resources.FindUserAsync(pool, request.Username!, ct);
        if (token is null || token.EventId != request.EventId || user?.Sub != token.Sub) throw Invalid();
        var feedback = new AuthFeedback(request.FeedbackValue == "Valid", "User", call.Now);
        var isSet = await database.WriteAsync(async unit =>
        {
            var isFirst = await unit.Spent.SpendAsync(token.SpentId, token.ExpiresAt, ct)
                && await unit.AuthEvents.SetFeedbackAsync(pool.Id, user.Sub, token.EventId, feedback, ct);
            if (!isFirst) unit.Abandon();
            return isFirst;
        }, ct);
        return isSet ? new UpdateAuthEventFeedbackResponse() : throw Invalid();
    }

    // The words are this server's own.
    private static CognitoException Invalid() => CognitoException.NotAuthorized("Invalid feedback token.");
}
