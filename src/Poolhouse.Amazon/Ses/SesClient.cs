using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Poolhouse.Core.SigV4;

namespace Poolhouse.Amazon.Ses;

/// <summary>
/// Two requests of SES's version 2: SendEmail with a finished MIME message, and GetAccount. Nothing is tried twice here, for whoever sends knows for how long a
/// message is worth it. SES has no key by which it would know a repeated request: one that went out and was not answered may have been accepted, and
/// sending again may then deliver a second copy.
/// </summary>
/// <param name="options">Where and as whom.</param>
/// <param name="credentials">Asked before every request, so that keys of a role are renewed before they end.</param>
/// <param name="now">The real time, which signatures are compared with.</param>
public sealed class SesClient(SesOptions options, IAmazonCredentials credentials, Func<DateTimeOffset> now) : IDisposable
{
    private const string SendPath = "/v2/email/outbound-emails";
    private const string AccountPath = "/v2/email/account";
    private const int LongestAnswer = 64 * 1024;

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = options.Timeout,
        MaxResponseContentBufferSize = LongestAnswer,
    };

    /// <summary>Hands over a message. Answers with an outcome for whatever SES and the network may do; throws only when cancelled.</summary>
    /// <param name="id">Ours, at most 256 letters, digits, hyphens and underscores: SES's events carry it as the tag <c>poolhouse-message</c>, for it replaces the Message-ID.</param>
    /// <param name="from">The bare address of the sender.</param>
    /// <param name="to">The bare address of the one recipient, ASCII.</param>
    /// <param name="mime">RFC 5322, seven bits.</param>
    /// <param name="ct">Ends the request; SES may have accepted it all the same.</param>
    public async Task<SesOutcome> SendAsync(string id, string from, string to, ReadOnlyMemory<byte> mime, CancellationToken ct)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new SendEmail(from, new Destination([to]), new Content(new Raw(mime)), options.ConfigurationSet, [new Tag("poolhouse-message", id)]), SesJson.Default.SendEmail);
        return await AskAsync(HttpMethod.Post, SendPath, body, ct) switch
        {
            { Response: { } response } => await OutcomeAsync(response, ct),
            var failed => new SesOutcome.Unavailable(failed.Reason!),
        };
    }

    /// <summary>Asks how the account is. Needs <c>ses:GetAccount</c>, which sending does not.</summary>
    public async Task<SesAccount> AccountAsync(CancellationToken ct)
    {
        var (response, reason) = await AskAsync(HttpMethod.Get, AccountPath, [], ct);
        if (response is null) return new SesAccount.Unknown(reason!);
        using var owned = response;
        if (!response.IsSuccessStatusCode)
        {
            var name = SesErrors.NameOf(response);
            return name is "AccessDeniedException" ? new SesAccount.Hidden() : new SesAccount.Unknown(SesErrors.Reason(name, response.StatusCode));
        }

        try
        {
            var account = await JsonSerializer.DeserializeAsync(await response.Content.ReadAsStreamAsync(ct), SesJson.Default.GetAccount, ct);
            return new SesAccount.Known(account?.SendingEnabled is true, account?.ProductionAccessEnabled is true);
        }
        catch (JsonException)
        {
            return new SesAccount.Unknown("ses-unreadable");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<(HttpResponseMessage? Response, string? Reason)> AskAsync(HttpMethod method, string path, byte[] body, CancellationToken ct)
    {
        try
        {
            using var request = Sign(method, path, body, await credentials.GetAsync(ct));
            return (await _client.SendAsync(request, ct), null);
        }
        catch (AmazonException)
        {
            return (null, "ses-no-credentials");
        }
        catch (HttpRequestException)
        {
            return (null, "ses-unreachable");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, "ses-timeout");
        }
    }

    private HttpRequestMessage Sign(HttpMethod method, string path, byte[] body, AmazonKeys keys)
    {
        var url = new Uri(options.Endpoint, path);
        var at = now();
        List<KeyValuePair<string, string>> headers = [new("host", url.Authority), new("x-amz-date", RequestSigner.Date(at))];
        if (keys.SessionToken is { } token) headers.Add(new("x-amz-security-token", token.Reveal()));
        var signed = new SignedRequest(method.Method, path, "", headers, Convert.ToHexStringLower(SHA256.HashData(body)));
        var request = new HttpRequestMessage(method, url);
        foreach (var (header, value) in headers.Skip(1)) request.Headers.TryAddWithoutValidation(header, value);
        request.Headers.TryAddWithoutValidation("Authorization", RequestSigner.Authorization(signed, keys.AccessKeyId, keys.SecretAccessKey.Reveal(), options.Region, "ses", at));
        if (method == HttpMethod.Post) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return request;
    }

    private static async Task<SesOutcome> OutcomeAsync(HttpResponseMessage response, CancellationToken ct)
    {
        using var owned = response;
        if (response.IsSuccessStatusCode) return SesOutcome.Accepted.Instance;
        return SesErrors.Outcome(response.StatusCode, SesErrors.NameOf(response), await response.Content.ReadAsStringAsync(ct));
    }
}

/// <summary>How an account stands with SES.</summary>
public abstract record SesAccount
{
    private SesAccount() { }

    /// <summary>It told.</summary>
    /// <param name="MaySend">Whether it may send at all.</param>
    /// <param name="IsProduction">Whether it may send to addresses that it hasn't verified; false is the sandbox.</param>
    public sealed record Known(bool MaySend, bool IsProduction) : SesAccount;

    /// <summary>SES is there and the keys are right, but may not ask.</summary>
    public sealed record Hidden : SesAccount;

    /// <summary>SES is away or refuses the keys; the reason is a short code.</summary>
    public sealed record Unknown(string Reason) : SesAccount;
}

internal sealed record SendEmail(string FromEmailAddress, Destination Destination, Content Content, string? ConfigurationSetName, Tag[] EmailTags);

internal sealed record Destination(string[] ToAddresses);

internal sealed record Content(Raw Raw);

internal sealed record Raw(ReadOnlyMemory<byte> Data);

internal sealed record Tag(string Name, string Value);

internal sealed record GetAccount(bool? SendingEnabled, bool? ProductionAccessEnabled);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GetAccount))]
[JsonSerializable(typeof(SendEmail))]
internal sealed partial class SesJson : JsonSerializerContext;
