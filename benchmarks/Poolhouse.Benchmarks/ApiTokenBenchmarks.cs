using System.Net;
using System.Text;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.AspNetCore;
using Poolhouse.Core.Tokens;
using Poolhouse.Server;

namespace Poolhouse.Benchmarks;

/// <summary>
/// What Poolhouse.AspNetCore adds to a request of somebody's API: authentication by a token that was seen before, the principal
/// included. The pool is a server in this process, which is asked once a second as it is in life.
/// </summary>
public class ApiTokenBenchmarks
{
    private BenchmarkServer server = null!;
    private PoolHandler handler = null!;
    private ServiceProvider services = null!;
    private string header = null!;

    [GlobalSetup]
    public async Task PrepareAsync()
    {
        server = await BenchmarkServer.StartAsync();
        handler = new PoolHandler(server);
        header = "Bearer " + server.AccessToken;
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddAuthentication().AddCognitoTokens(options =>
        {
            options.Authority = server.Services.GetRequiredService<Issuer>().Of(server.Services.GetRequiredService<Bootstrap>().PoolId);
            options.ClientIds.Add(Bootstrap.WebClientId.Value);
            options.BackchannelHttpHandler = handler;
        });
        services = collection.BuildServiceProvider();
        if (!(await SeenToken()).Succeeded) throw new InvalidOperationException("The token is not accepted.");
    }

    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        await services.DisposeAsync();
        handler.Dispose();
        await server.DisposeAsync();
    }

    /// <summary>From the header to the principal, within the request's scope as the framework makes one.</summary>
    [Benchmark]
    public async Task<AuthenticateResult> SeenToken()
    {
        await using var scope = services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.Request.Headers.Authorization = header;
        return await http.AuthenticateAsync(CognitoTokenDefaults.AuthenticationScheme);
    }

    /// <summary>The same request without a token: what the framework itself costs.</summary>
    [Benchmark(Baseline = true)]
    public async Task<AuthenticateResult> NoToken()
    {
        await using var scope = services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        return await http.AuthenticateAsync(CognitoTokenDefaults.AuthenticationScheme);
    }

    private sealed class PoolHandler(BenchmarkServer server) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = request.Method == HttpMethod.Get
                ? await KeysAsync(cancellationToken)
                : await server.CallAsync("GetUser", await request.Content!.ReadAsByteArrayAsync(cancellationToken));
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ReadOnlyMemoryContent(answer) };
        }

        private async Task<ReadOnlyMemory<byte>> KeysAsync(CancellationToken ct)
        {
            var set = await server.Services.GetRequiredService<PoolKeys>().GetAsync(server.Services.GetRequiredService<Bootstrap>().PoolId, ct);
            var keys = set.Published.Select(key =>
                $$"""{"kty":"RSA","kid":"{{key.KeyId}}","n":"{{key.PublicKey.Modulus}}","e":"{{key.PublicKey.Exponent}}"}""");
            return Encoding.UTF8.GetBytes($$"""{"keys":[{{string.Join(',', keys)}}]}""");
        }
    }
}
