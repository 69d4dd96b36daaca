namespace Poolhouse.Core.Identities.Access;

/// <summary>
/// Reads policies of IAM's language as far as they act here. Everything else is refused: a condition that is skipped would allow too
/// much, and a Deny that is skipped too.
/// </summary>
internal static class PolicyReader
{
    private const string Service = "cognito-identity.amazonaws.com";

    private static readonly Dictionary<string, (bool IsNegated, bool HasWildcards)> Operators = new(StringComparer.Ordinal)
    {
        ["StringEquals"] = (false, false),
        ["StringLike"] = (false, true),
        ["StringNotEquals"] = (true, false),
        ["StringNotLike"] = (true, true),
        ["ForAnyValue:StringEquals"] = (false, false),
        ["ForAnyValue:StringLike"] = (false, true),
    };

    /// <summary>A role's permissions.</summary>
    public static Policy ReadPolicy(IamElement document)
    {
        DemandVersion(document);
        return new Policy([.. document.Get("Statement").Items().Select(statement =>
        {
            statement.DemandOnly("Sid", "Effect", "Action", "Resource");
            var resources = statement.Get("Resource").Texts();
            if (resources.Any(r => r.Contains("${", StringComparison.Ordinal))) throw statement.Problem("has a policy variable, which is not read here");
            return new PolicyStatement(Allows(statement), statement.Get("Action").Texts(), resources);
        })]);
    }

    /// <summary>Whom a role trusts. Statements about other actions than taking a role by a token don't matter.</summary>
    public static IReadOnlyList<TrustStatement> ReadTrust(IamElement document, string host)
    {
        DemandVersion(document);
        var statements = new List<TrustStatement>();
        foreach (var statement in document.Get("Statement").Items())
        {
            statement.DemandOnly("Sid", "Effect", "Principal", "Action", "Condition");
            if (!statement.Get("Action").Texts().Any(a => Wildcards.Match(a, "sts:AssumeRoleWithWebIdentity", ignoresCase: true))) continue;
            if (!IsOurs(statement.Get("Principal"), host)) continue;
            statements.Add(new TrustStatement(Allows(statement), [.. statement.Members("Condition").SelectMany(o => ReadConditions(o.Name, o.Value, host))]));
        }

        return statements;
    }

    private static IEnumerable<TrustCondition> ReadConditions(string name, IamElement keys, string host)
    {
        if (!Operators.TryGetValue(name, out var op)) throw keys.Problem("is an operator that is not read here");
        foreach (var (key, values) in keys.Members())
        {
            var colon = key.LastIndexOf(':');
            var isKnown = colon > 0 && (key[..colon] == Service || key[..colon] == host) && key[(colon + 1)..] is "aud" or "amr" or "sub";
            if (!isKnown) throw values.Problem("is a key that is not known here");
            yield return new TrustCondition(key[(colon + 1)..], op.IsNegated, op.HasWildcards, values.Texts());
        }
    }

    private static bool IsOurs(IamElement principal, string host)
    {
        principal.DemandOnly("Federated", "Service", "AWS");
        return principal.Find("Federated") is { } federated && federated.Texts().Any(f => f == Service || f == host || f.EndsWith(":oidc-provider/" + host, StringComparison.Ordinal));
    }

    private static bool Allows(IamElement statement) => statement.Get("Effect").Text() switch
    {
        "Allow" => true,
        "Deny" => false,
        _ => throw statement.Problem("must have the effect Allow or Deny"),
    };

    private static void DemandVersion(IamElement document)
    {
        document.DemandOnly("Version", "Id", "Statement");
        if (document.Find("Version") is { } version && version.Text() is not ("2012-10-17" or "2008-10-17")) throw version.Problem("must be 2012-10-17");
    }
}
