using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Poolhouse.Amazon;
using Poolhouse.Amazon.S3;
using Poolhouse.Core.Accounts.Kyc;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.SigV4;

namespace Poolhouse.Tests.Amazon.S3;

/// <summary>
/// What the SDK sends to S3 as it is set up here: a listener that checks each signature with the verifier that AWS's own suite checks, and that a request is
/// one piece. A store of somebody else's is in the conformance tests.
/// </summary>
public sealed class S3ObjectsTests : IAsyncLifetime
{
    private const string Name = "0123456789abcdef0123456789abcdef";
    private const string Secret = "a secret of twenty-four";

    private readonly ConcurrentDictionary<string, byte[]> kept = new();
    private readonly ConcurrentQueue<string> tokens = new();
    private WebApplication? app;
    private bool hasBucket = true;
    private int failures;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapFallback(AnswerAsync);
        await app.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync() => await app!.DisposeAsync();

    [Fact]
    public async Task Requests_are_signed_and_objects_come_and_go()
    {
        using var objects = Objects(Secret);
        var bytes = RandomNumberGenerator.GetBytes(300_000);

        (await objects.FindAsync(Name, 100, Ct)).ShouldBeNull();
        await objects.PutAsync(Name, bytes, Ct);

        kept.Keys.ShouldBe([$"/documents/kyc/{Name}"]);
        (await objects.FindAsync(Name, 300_000, Ct)).ShouldBe(bytes);
        await Should.ThrowAsync<ObjectStoreException>(() => objects.FindAsync(Name, 299_999, Ct));
        await objects.DeleteAsync(Name, Ct);
        await objects.DeleteAsync(Name, Ct);
        kept.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_is_an_error_for_every_request()
    {
        using var objects = Objects("another secret of twenty");

        await Should.ThrowAsync<ObjectStoreException>(() => objects.PutAsync(Name, new byte[1], Ct));
        await Should.ThrowAsync<ObjectStoreException>(() => objects.FindAsync(Name, 1, Ct));
        await Should.ThrowAsync<ObjectStoreException>(() => objects.DeleteAsync(Name, Ct));
    }

    [Fact]
    public async Task A_failure_is_tried_again_once()
    {
        using var objects = Objects(Secret);

        failures = 1;
        await objects.PutAsync(Name, new byte[] { 7 }, Ct);
        kept.Count.ShouldBe(1);
        failures = 2;
        await Should.ThrowAsync<ObjectStoreException>(() => objects.FindAsync(Name, 1, Ct));
        (await objects.FindAsync(Name, 1, Ct)).ShouldBe([7]);
    }

    [Fact]
    public async Task A_store_that_is_away_is_an_error()
    {
        using var objects = Objects(Secret);
        await app!.StopAsync(Ct);

        await Should.ThrowAsync<ObjectStoreException>(() => objects.PutAsync(Name, new byte[1], Ct));
        await Should.ThrowAsync<ObjectStoreException>(() => objects.FindAsync(Name, 1, Ct));
    }

    [Fact]
    public async Task Keys_of_a_role_are_renewed_and_their_token_goes_along()
    {
        using var objects = Objects(new RoleCredentials(Secret));

        await objects.PutAsync(Name, new byte[] { 7 }, Ct);
        (await objects.FindAsync(Name, 1, Ct)).ShouldBe([7]);
        await objects.DeleteAsync(Name, Ct);

        // Each set of keys is over when the next request comes.
        tokens.Count.ShouldBe(3);
        tokens.ShouldBeUnique();
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_an_error_and_no_absent_object()
    {
        using var objects = Objects(Keys(Secret));
        hasBucket = false;

        await Should.ThrowAsync<ObjectStoreException>(() => objects.FindAsync(Name, 1, Ct));
        await Should.ThrowAsync<ObjectStoreException>(() => objects.DeleteAsync(Name, Ct));
    }

    private static GivenCredentials Keys(string secret) => new(new AmazonKeys("AKIDEXAMPLE", new Secret(secret), null));

    private S3Objects Objects(string secret) => Objects(Keys(secret));

    private S3Objects Objects(IAmazonCredentials credentials)
    {
        var url = app!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new S3Objects(S3Address.Parse($"s3://documents/kyc?endpoint={url}&region=eu-west-1")!, credentials);
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, Ct);
        if (Interlocked.Decrement(ref failures) >= 0)
        {
            http.Response.StatusCode = 503;
            return;
        }

        if (!hasBucket)
        {
            http.Response.StatusCode = 404;
            http.Response.ContentType = "application/xml";
            await http.Response.WriteAsync("<Error><Code>NoSuchBucket</Code><Message>There is none.</Message></Error>", Ct);
            return;
        }

        if (http.Request.Headers.TryGetValue("x-amz-security-token", out var token)) tokens.Enqueue(token.ToString());
        var path = http.Request.Path.Value!;
        http.Response.StatusCode = !IsSigned(http.Request, body.ToArray()) ? 403 : http.Request.Method switch
        {
            "PUT" => Put(path, body.ToArray()),
            "DELETE" => Delete(path),
            _ => kept.ContainsKey(path) ? 200 : 404,
        };
        if (http.Request.Method != "GET" || http.Response.StatusCode != 200) return;
        http.Response.ContentLength = kept[path].Length;
        await http.Response.Body.WriteAsync(kept[path], Ct);
    }

    private int Put(string path, byte[] bytes)
    {
        kept[path] = bytes;
        return 200;
    }

    private int Delete(string path)
    {
        kept.TryRemove(path, out _);
        return 204;
    }

    private static bool IsSigned(HttpRequest request, byte[] body)
    {
        var headers = request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString())).ToList();
        var signed = new SignedRequest(request.Method, request.Path, request.QueryString.Value!.TrimStart('?'), headers, Convert.ToHexStringLower(SHA256.HashData(body)));
        return SignatureV4.Parse(request.Headers.Authorization, hasDateHeader: true) is AuthorizationHeader.Parsed parsed
            && SignatureV4.Verify(parsed, signed, Secret, new ExpectedScope("s3", "eu-west-1"), TimeProvider.System.GetUtcNow()) == SignatureOutcome.Valid;
    }
}
