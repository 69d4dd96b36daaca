using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.TermsOfUse;

/// <summary>Terms between Core and the wire. The managed-login pages show their links.</summary>
internal static class TermsMapping
{
    private const string DefaultLanguage = "cognito:default";

    /// <summary>API_TermsType.</summary>
    public static TermsType ToWire(Document document)
    {
        var terms = DocumentTypes.Terms.Read(document);
        return new TermsType
        {
            TermsId = document.Key,
            UserPoolId = document.PoolId.Value,
            ClientId = document.ClientId!.Value.Value,
            TermsName = terms.Name,
            TermsSource = terms.Source,
            Enforcement = terms.Enforcement,
            Links = terms.Links,
            CreationDate = document.CreatedAt,
            LastModifiedDate = document.ModifiedAt,
        };
    }

    /// <summary>API_TermsDescriptionType.</summary>
    public static TermsDescriptionType Listed(Document document)
    {
        var terms = DocumentTypes.Terms.Read(document);
        return new TermsDescriptionType
        {
            TermsId = document.Key,
            TermsName = terms.Name,
            Enforcement = terms.Enforcement,
            CreationDate = document.CreatedAt,
            LastModifiedDate = document.ModifiedAt,
        };
    }

    /// <summary>The one name of a client's terms: a client has terms of use and a privacy policy, one of each.</summary>
    public static string NameOf(string clientId, string termsName) => clientId + "/" + termsName;

    /// <summary>Links that a page can show: a default, and nothing but addresses of the web, which a script is not.</summary>
    public static IReadOnlyDictionary<string, string> Links(IReadOnlyDictionary<string, string>? links)
    {
        if (links is null || !links.ContainsKey(DefaultLanguage))
            throw CognitoException.InvalidParameter($"Links must contain {DefaultLanguage}.");
        var wrong = links.FirstOrDefault(link => !WebAddresses.IsOne(link.Value));
        return wrong.Key is null ? links : throw CognitoException.InvalidParameter($"The link for {wrong.Key} must be an http or https address.");
    }

    /// <summary>The error for terms that aren't there.</summary>
    public static CognitoException NotFound() => CognitoException.ResourceNotFound("Terms do not exist.");

    /// <summary>The error for a client that has terms of the name.</summary>
    public static CognitoException Exists(string termsName) =>
        CognitoException.TermsExists($"Terms {termsName} already exist for the user pool client.");
}
