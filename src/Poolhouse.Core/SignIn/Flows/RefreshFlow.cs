using Poolhouse.Core.Clients;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.SignIn.Flows;

/// <summary>REFRESH_TOKEN_AUTH and its old name REFRESH_TOKEN; never rotates.</summary>
public sealed class RefreshFlow(string name, Refreshes refreshes) : IFlow
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public async ValueTask<Outcome<SignInStep>> StartAsync(SignInRequest request, CancellationToken ct)
    {
        if (request.Client.Settings.Rotation is { IsEnabled: true }) return new Refusal.RotationNeedsOtherCall();
        if (request["REFRESH_TOKEN"] is not { } token) return new Refusal.MissingParameter("REFRESH_TOKEN");
        if (request.Client.IsConfidential && request["SECRET_HASH"] is null) return new Refusal.Client(ClientProof.Missing);
        var tokens = await refreshes.RefreshAsync(
            request.Pool, request.Client, token, request.DeviceKey, user => Prove(request, user), clientMetadata: null, request.Origin, request.Now, ct);
        return tokens.Refusal is { } refusal ? refusal : new SignInStep.Authenticated(tokens.Value);
    }

    // No name comes with a refresh, so clients hash the user's name; some take the sub (pycognito), which serves as well.
    private static ClientProof Prove(SignInRequest request, Users.User user)
    {
        var byName = SecretHash.Check(request.Client, user.Username, request["SECRET_HASH"]);
        return byName == ClientProof.Wrong ? SecretHash.Check(request.Client, user.Sub.Value, request["SECRET_HASH"]) : byName;
    }
}
