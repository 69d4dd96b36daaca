using System.Net.Http.Headers;
using System.Text;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Kyc;

/// <summary>Short ways to the routes.</summary>
internal static class KycCalls
{
    /// <summary>Uploads as a form does.</summary>
    public static async Task<ApiAnswer> UploadAsync(this TestAccount account, byte[] file, string? kind = "passport", string name = "../../etc/passwd.exe", string type = "text/html")
    {
        using var form = new MultipartFormDataContent();
        if (kind is not null) form.Add(new StringContent(kind, Encoding.UTF8), "kind");
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        form.Add(content, "file", name);
        return await account.SendAsync(form);
    }

    /// <summary>Uploads what must be taken; answers its id.</summary>
    public static async Task<string> DocumentAsync(this TestAccount account, string kind = "passport") =>
        (await account.UploadAsync(Samples.Jpeg(), kind)).Good(201).Json["id"]!.GetValue<string>();

    /// <summary>Any body to the upload's route.</summary>
    public static async Task<ApiAnswer> SendAsync(this TestAccount account, HttpContent? content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/kyc/documents") { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + account.Access);
        using var response = await account.World.Http.SendAsync(request);
        return await ApiAnswer.ReadAsync(response);
    }

    /// <summary>The content as an operator gets it.</summary>
    public static async Task<(HttpResponseMessage Response, byte[] Bytes)> ContentAsync(this TestAccount account, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/kyc/documents/{id}/content");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + account.Access);
        var response = await account.World.Http.SendAsync(request);
        return (response, await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Decides.</summary>
    public static Task<ApiAnswer> ReviewAsync(this TestAccount account, string id, string? decision, string? reason = null) =>
        account.PostAsync($"kyc/documents/{id}/review", new() { ["decision"] = decision, ["reason"] = reason });

    /// <summary>Status and reason.</summary>
    public static async Task<(string Status, string? Reason)> StatusAsync(this TestAccount account)
    {
        var answer = (await account.GetAsync("kyc")).Good().Json;
        return (answer["status"]!.GetValue<string>(), answer["reason"]?.GetValue<string>());
    }
}
