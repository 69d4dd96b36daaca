using Poolhouse.Core.Stores;
using Poolhouse.Core.Threats;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Threats;

/// <summary>Says of an event whether it was the user's own. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateAuthEventFeedback.html</summary>
internal sealed class AdminUpdateAuthEventFeedback(Resources resources, IDatabase database)
    : IOperation<AdminUpdateAuthEventFeedbackRequest, AdminUpdateAuthEventFeedbackResponse>
{
    public async ValueTask<AdminUpdateAuthEventFeedbackResponse> HandleAsync(
        AdminUpdateAuthEventFeedbackRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, user) = await resources.UserAsync(request.UserPoolId!, request.Username!, ct);
        AuthEventMapping.Demand(pool);
        var feedback = new AuthFeedback(request.FeedbackValue == "Valid", "Admin", call.Now);
        var isSet = await database.WriteAsync(unit => unit.AuthEvents.SetFeedbackAsync(pool.Id, user.Sub, request.EventId!, feedback, ct), ct);
        return isSet ? new AdminUpdateAuthEventFeedbackResponse() : throw AuthEventMapping.NotFound();
    }
}
