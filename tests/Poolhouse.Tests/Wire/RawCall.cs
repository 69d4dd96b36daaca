using System.Net.Http.Headers;
using System.Text;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Wire;

/// <summary>A call whose every byte and header the test decides.</summary>
internal sealed record RawCall(string? Operation, byte[] Body)
{
    public RawCall(string? operation, string body)
        : this(operation, Encoding.UTF8.GetBytes(body))
    {
    }

    /// <summary>The media type; null sends none.</summary>
    public string? ContentType { get; init; } = "application/x-amz-json-1.1";

    /// <summary>The Authorization header; null sends none.</summary>
    public string? Authorization { get; init; }

    /// <summary>X-Amz-Date; null sends none.</summary>
    public string? Date { get; init; }

    /// <summary>The page that calls; null for none.</summary>
    public string? Origin { get; init; }

    /// <summary>What stands before the dot of the target.</summary>
    public string Service { get; init; } = "AWSCognitoIdentityProviderService";

    /// <summary>Sent in chunks, so that its length is not known before.</summary>
    public bool IsChunked { get; init; }

    /// <summary>Sends it; the response is the caller's to read.</summary>
    public async Task<HttpResponseMessage> SendAsync(World world)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(Body) };
        if (ContentType is not null) request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        if (Operation is not null) request.Headers.TryAddWithoutValidation("X-Amz-Target", $"{Service}.{Operation}");
        if (Authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", Authorization);
        if (Date is not null) request.Headers.TryAddWithoutValidation("X-Amz-Date", Date);
        if (Origin is not null) request.Headers.Add("Origin", Origin);
        if (IsChunked) request.Headers.TransferEncodingChunked = true;
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return await world.Http.SendAsync(request, timeout.Token);
    }

    /// <summary>Sends it and reads the answer.</summary>
    public async Task<Answer> AnswerAsync(World world)
    {
        using var response = await SendAsync(world);
        return await Answer.ReadAsync(response, CancellationToken.None);
    }
}
