using System.Net;
using Microsoft.AspNetCore.Http;
using Poolhouse.Server;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Hosting;

/// <summary>Whom a request comes from when proxies stand between, or say that they do.</summary>
public sealed class ForwardedAddressTests
{
    private static readonly string[] Proxies = ["10.0.0.0/8", "2001:db8:1::/48", "192.0.2.7"];

    [Theory]
    // Nobody trusted speaks.
    [InlineData("203.0.113.5", "198.51.100.1", "203.0.113.5")]
    [InlineData("203.0.113.5", "198.51.100.1, 10.0.0.1", "203.0.113.5")]
    [InlineData("192.0.2.8", "198.51.100.1", "192.0.2.8")]
    // One hop, and what the client wrote before it.
    [InlineData("10.0.0.1", "198.51.100.1", "198.51.100.1")]
    [InlineData("192.0.2.7", "198.51.100.1", "198.51.100.1")]
    [InlineData("10.0.0.1", "127.0.0.1, 198.51.100.1", "198.51.100.1")]
    [InlineData("10.0.0.1", "127.0.0.1, 10.9.9.9, 198.51.100.1", "198.51.100.1")]
    [InlineData("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1")]
    // Several hops; all of them trusted.
    [InlineData("10.0.0.1", "198.51.100.1, 10.0.0.3,10.0.0.2", "198.51.100.1")]
    [InlineData("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3")]
    // IPv6 and ports.
    [InlineData("2001:db8:1::7", "2001:db8:2::9", "2001:db8:2::9")]
    [InlineData("10.0.0.1", "[2001:db8:2::9]:4711", "2001:db8:2::9")]
    [InlineData("10.0.0.1", "[2001:db8:2::9]", "2001:db8:2::9")]
    [InlineData("10.0.0.1", "198.51.100.1:4711", "198.51.100.1")]
    [InlineData("10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1")]
    // Garbage on the way, or where it ends: the socket's peer.
    [InlineData("10.0.0.1", "", "10.0.0.1")]
    [InlineData("10.0.0.1", "unknown", "10.0.0.1")]
    [InlineData("10.0.0.1", "198.51.100.1, unknown", "10.0.0.1")]
    [InlineData("10.0.0.1", "198.51.100.1, garbage, 10.0.0.2", "10.0.0.1")]
    [InlineData("10.0.0.1", "198.51.100.1,,10.0.0.2", "10.0.0.1")]
    [InlineData("10.0.0.1", "198.51.100.1,", "10.0.0.1")]
    [InlineData("10.0.0.1", "198.51.100.1:", "10.0.0.1")]
    [InlineData("10.0.0.1", "198.51.100.1:99999", "10.0.0.1")]
    [InlineData("10.0.0.1", "198.51.100.1:80:80", "10.0.0.1")]
    [InlineData("10.0.0.1", "[2001:db8:2::9", "10.0.0.1")]
    [InlineData("10.0.0.1", "[198.51.100.1]", "10.0.0.1")]
    [InlineData("10.0.0.1", "fe80::1%eth0", "10.0.0.1")]
    [InlineData("10.0.0.1", "1", "10.0.0.1")]
    [InlineData("10.0.0.1", "0x7f.1", "10.0.0.1")]
    [InlineData("10.0.0.1", "0127.0.0.1", "10.0.0.1")]
    [InlineData("10.0.0.1", "198.51.100.1; drop", "10.0.0.1")]
    public void The_last_hop_that_nobody_vouches_for_is_the_client(string peer, string header, string expected)
    {
        var http = Request(peer, header);

        new ForwardedAddress([.. Proxies.Select(proxy => ForwardedAddress.ReadNetwork(proxy)!.Value)]).Apply(http);

        Poolhouse.Core.Sessions.Origin.Plain(http.Connection.RemoteIpAddress).ShouldBe(IPAddress.Parse(expected));
    }

    [Fact]
    public void Several_lines_are_one_list_and_one_of_thousands_is_nobodys()
    {
        var http = Request("10.0.0.1", "198.51.100.1");
        http.Request.Headers.Append("X-Forwarded-For", "10.0.0.2");
        var flood = Request("10.0.0.1", string.Join(',', Enumerable.Repeat("10.0.0.2", 5000)));
        var forwarded = new ForwardedAddress([ForwardedAddress.ReadNetwork("10.0.0.0/8")!.Value]);

        forwarded.Apply(http);
        forwarded.Apply(flood);

        http.Connection.RemoteIpAddress.ShouldBe(IPAddress.Parse("198.51.100.1"));
        flood.Connection.RemoteIpAddress.ShouldBe(IPAddress.Parse("10.0.0.1"));
    }

    [Theory]
    [InlineData("10.0.0.1", "https", "https")]
    [InlineData("10.0.0.1", "HTTPS", "https")]
    [InlineData("203.0.113.5", "https", "http")]
    [InlineData("10.0.0.1", "gopher", "http")]
    [InlineData("10.0.0.1", "https, http", "https")]
    [InlineData("10.0.0.1", "https, http, http", "http")]
    public void The_scheme_is_what_the_hop_says_that_met_the_client(string peer, string header, string expected)
    {
        var http = Request(peer, "198.51.100.1, 10.0.0.2");
        http.Request.Headers["X-Forwarded-Proto"] = header;

        new ForwardedAddress([ForwardedAddress.ReadNetwork("10.0.0.0/8")!.Value]).Apply(http);

        http.Request.Scheme.ShouldBe(expected);
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.1")]
    [InlineData("everybody")]
    [InlineData("")]
    public void What_is_no_network_is_not_taken_for_one(string text) => ForwardedAddress.ReadNetwork(text).ShouldBeNull();

    [Fact]
    public async Task Limits_count_by_the_client_behind_a_trusted_proxy_and_by_the_peer_otherwise()
    {
        await using var trusting = await World.StartAsync(Engine.Sqlite, "--enforce-rate-limits", "true", "--trusted-proxies:0", "127.0.0.0/8");
        await using var plain = await World.StartAsync(Engine.Sqlite, "--enforce-rate-limits", "true");

        (await LeftAsync(trusting, "198.51.100.1")).ShouldBe("r=119");
        (await LeftAsync(trusting, "198.51.100.1")).ShouldBe("r=118");
        (await LeftAsync(trusting, "198.51.100.2")).ShouldBe("r=119");
        (await LeftAsync(trusting, "198.51.100.1, 198.51.100.2")).ShouldBe("r=118");
        (await LeftAsync(plain, "198.51.100.1")).ShouldBe("r=119");
        (await LeftAsync(plain, "198.51.100.2")).ShouldBe("r=118");
    }

    private static async Task<string> LeftAsync(World world, string forwarded)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/usernames/somebody");
        request.Headers.Add("X-Forwarded-For", forwarded);
        using var response = await world.Http.SendAsync(request);
        return response.Headers.GetValues("RateLimit").Single().Split(';')[1];
    }

    private static DefaultHttpContext Request(string peer, string header)
    {
        var http = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(peer), RemotePort = 1234 } };
        http.Request.Scheme = "http";
        http.Request.Headers["X-Forwarded-For"] = header;
        return http;
    }
}
