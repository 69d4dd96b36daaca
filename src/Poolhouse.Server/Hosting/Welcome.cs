using Microsoft.Extensions.Options;
using Poolhouse.Core.Tokens;
using Poolhouse.Server.Options;

namespace Poolhouse.Server;

/// <summary>What a start prints: where everything is, and what to paste into a client. Then, once, <c>ready on URL</c>.</summary>
internal static class Welcome
{
    public static async Task PrintAsync(WebApplication app)
    {
        var url = app.Services.GetRequiredService<Issuer>().PublicUrl;
        var pool = app.Services.GetRequiredService<Bootstrap>().PoolId;
        var output = Console.Out;
        await output.WriteLineAsync($"""

              Web client    {url}/
              User pool     {pool}
              App client    {Bootstrap.WebClientId}
              Issuer        {url}/{pool}
            """);
        if (app.Environment.IsDevelopment())
        {
            await output.WriteLineAsync($$"""
                  Mailbox       {{url}}/mailbox
                  AWS CLI       aws --endpoint-url {{url}} cognito-idp list-users --user-pool-id {{pool}}
                  Amplify       Amplify.configure({ Auth: { Cognito: {
                                  userPoolId: '{{pool}}',
                                  userPoolClientId: '{{Bootstrap.WebClientId}}',
                                  userPoolEndpoint: '{{url}}/' } } })
                """);
        }

        await output.WriteLineAsync();
        await output.WriteLineAsync($"ready on {app.Services.GetRequiredService<IOptions<ServerOptions>>().Value.Urls.Split(';')[0]}");
    }
}
