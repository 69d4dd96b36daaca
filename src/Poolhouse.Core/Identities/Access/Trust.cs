namespace Poolhouse.Core.Identities.Access;

/// <summary>What is known of an identity that wants a role.</summary>
/// <param name="Pool"><c>aud</c>: the identity pool's id.</param>
/// <param name="Methods"><c>amr</c>: <c>unauthenticated</c>, or <c>authenticated</c> and the providers.</param>
/// <param name="Identity"><c>sub</c>: the identity's id.</param>
public sealed record TrustFacts(string Pool, IReadOnlyList<string> Methods, string Identity);

/// <summary>One statement of a role's trust policy (developer guide, "Role trust and permissions").</summary>
/// <param name="Allows">The effect.</param>
/// <param name="Conditions">All of them have to hold.</param>
public sealed record TrustStatement(bool Allows, IReadOnlyList<TrustCondition> Conditions)
{
    /// <summary>Whether the statement is about this identity.</summary>
    public bool IsAbout(TrustFacts facts) => Conditions.All(c => c.Holds(facts));
}

/// <summary>One condition: some value of the key is, or is not, of some pattern.</summary>
/// <param name="Key"><c>aud</c>, <c>amr</c> or <c>sub</c>.</param>
/// <param name="IsNegated">Whether no value may match.</param>
/// <param name="HasWildcards">Whether <c>*</c> and <c>?</c> mean more than themselves.</param>
/// <param name="Values">Any of them will do.</param>
public sealed record TrustCondition(string Key, bool IsNegated, bool HasWildcards, IReadOnlyList<string> Values)
{
    /// <summary>Whether it holds.</summary>
    public bool Holds(TrustFacts facts)
    {
        IReadOnlyList<string> actual = Key switch { "aud" => [facts.Pool], "amr" => facts.Methods, _ => [facts.Identity] };
        var matches = actual.Any(a => Values.Any(v => HasWildcards ? Wildcards.Match(v, a, ignoresCase: false) : v == a));
        return matches != IsNegated;
    }
}
