using global::Amazon.Runtime;

namespace Poolhouse.Tests.Amazon;

/// <summary>Keys as a role has them: each time they are asked for, the last ones are about to end, and new ones are made, with a token that counts them.</summary>
internal sealed class RoleCredentials(string secret) : RefreshingAWSCredentials
{
    private int made;

    protected override Task<CredentialsRefreshState> GenerateNewCredentialsAsync() => Task.FromResult(GenerateNewCredentials());

    protected override CredentialsRefreshState GenerateNewCredentials() =>
        new(new ImmutableCredentials("ASIAEXAMPLE", secret, $"token {++made}"), DateTime.UtcNow.AddMilliseconds(1));
}
