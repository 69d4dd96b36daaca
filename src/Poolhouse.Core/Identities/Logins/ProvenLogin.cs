using System.Text.Json;

namespace Poolhouse.Core.Identities.Logins;

/// <summary>What a token that came with a call has proven: one of two cases.</summary>
public abstract record ProvenLogin
{
    private ProvenLogin()
    {
    }

    /// <summary>The <c>amr</c> values that it gives the service's own tokens.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>Somebody at a provider.</summary>
    /// <param name="Provider">In its one stored form.</param>
    /// <param name="Subject">Who it is there.</param>
    /// <param name="MappingKeys">Under which its role mapping may stand, in their one form.</param>
    /// <param name="Claims">Everything the token says.</param>
    public sealed record Person(string Provider, string Subject, IReadOnlyList<string> MappingKeys, JsonElement Claims) : ProvenLogin
    {
        /// <summary>What is linked to an identity.</summary>
        public IdentityLogin Login => new(Provider, Subject, IsDeveloper: false);
    }

    /// <summary>An identity itself, by a token that this service made for the developer's back end.</summary>
    /// <param name="Id">Whose it is.</param>
    /// <param name="Tags">The principal tags that the back end gave it.</param>
    public sealed record Itself(IdentityId Id, IReadOnlyDictionary<string, string> Tags) : ProvenLogin;
}
