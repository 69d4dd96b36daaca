using Microsoft.Playwright;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Browser;

/// <summary>Seven languages: the browser's, unless another one was chosen.</summary>
public sealed class LanguageTests(DevelopmentServer development, Chromium chromium)
{
    private const string Password = "Correct-horse-7";

    /// <summary>Tag, what the browser asks for, direction, heading of the sign-in page.</summary>
    public static TheoryData<string, string, string, string> Languages => new()
    {
        { "ar", "ar-EG", "rtl", "تسجيل الدخول" },
        { "de", "de-AT", "ltr", "Anmelden" },
        { "en", "en-GB", "ltr", "Sign in" },
        { "es", "es-MX", "ltr", "Iniciar sesión" },
        { "fr", "fr-CA", "ltr", "Se connecter" },
        { "ja", "ja", "ltr", "サインイン" },
        { "pt", "pt-BR", "ltr", "Entrar" },
    };

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_page_is_in_the_language_of_the_browser_from_its_first_word(string tag, string wish, string direction, string heading)
    {
        await using var ann = await chromium.VisitAsync(development.Server, language: wish);
        await ann.Page.AddInitScriptAsync(
            """
            window.headings = [];
            new MutationObserver(() => {
              const text = document.querySelector('h1')?.textContent;
              if (text && window.headings.at(-1) !== text) window.headings.push(text);
            }).observe(document, { childList: true, subtree: true, characterData: true });
            """);

        await ann.GoAsync("/signin");

        await ann.ShouldReadAsync(heading);
        await ShouldSpeakAsync(ann, tag, direction);
        (await ann.Page.EvaluateAsync<string[]>("window.headings")).ShouldBe([heading]);
        ann.Troubles().ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task No_language_is_wider_than_320_pixels(string tag, string wish, string direction, string heading)
    {
        _ = (tag, direction, heading);
        await using var ann = await chromium.VisitAsync(development.Server, Screen.Narrow, wish);

        foreach (var path in new[] { "/", "/signup", "/signup?sponsor=none", "/signin", "/confirm", "/recover", "/nowhere", "/invite?confirmation=nowhere" })
        {
            await ann.GoAsync(path);
            await ann.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
            (await ann.OverflowAsync()).ShouldBe(0, path);
            (await ann.NamelessAsync()).ShouldBeEmpty(path);
        }
    }

    [Fact]
    public async Task A_language_nobody_speaks_here_is_English()
    {
        await using var ann = await chromium.VisitAsync(development.Server, language: "xx-XX");

        await ann.GoAsync("/signin");

        await ann.ShouldReadAsync("Sign in");
        await ShouldSpeakAsync(ann, "en", "ltr");
    }

    [Fact]
    public async Task Another_language_is_chosen_and_stays()
    {
        await using var ann = await chromium.VisitAsync(development.Server);
        await ann.GoAsync("/signin");
        await ann.FillAsync(("E-mail address", "ann@example.com"));

        var languages = ann.Page.GetByLabel("Language", new() { Exact = true });
        await languages.FocusAsync();
        await languages.SelectOptionAsync("العربية");

        await ann.ShouldReadAsync("تسجيل الدخول");
        await ShouldSpeakAsync(ann, "ar", "rtl");
        await Assertions.Expect(ann.Field("البريد الإلكتروني")).ToHaveValueAsync("ann@example.com");
        await Assertions.Expect(ann.Page.GetByLabel("اللغة", new() { Exact = true })).ToBeFocusedAsync();
        await ann.Page.ReloadAsync();
        await ann.ShouldReadAsync("تسجيل الدخول");
        await ShouldSpeakAsync(ann, "ar", "rtl");

        await ann.Page.GetByLabel("اللغة", new() { Exact = true }).SelectOptionAsync("Français");
        await ShouldSpeakAsync(ann, "fr", "ltr");
        ann.Troubles().ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_language_is_offered_in_its_own_words()
    {
        await using var ann = await chromium.VisitAsync(development.Server);
        await ann.GoAsync("/");

        var options = ann.Page.GetByLabel("Language", new() { Exact = true }).Locator("option");

        await Assertions.Expect(options).ToHaveTextAsync(["English", "Deutsch", "Español", "Français", "Português", "العربية", "日本語"]);
    }

    [Fact]
    public async Task Who_signs_up_in_French_is_written_to_in_French()
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        await using var ann = await chromium.VisitAsync(development.Server, language: "fr-FR");
        await ann.GoAsync("/signup");
        await ann.FillAsync(("Adresse e-mail", email), ("Mot de passe", Password));
        await ann.PressAsync("Créer un compte");
        await ann.ShouldReadAsync("Confirmez votre adresse");
        await ann.FillAsync(("Code", await development.Server.Mailbox.CodeAsync(email)));
        await ann.PressAsync("Confirmer");
        await ann.ShouldBeAsync("signedIn");

        await ann.GoAsync("/account");

        await Assertions.Expect(ann.Field("Langue")).ToHaveValueAsync("fr");
    }

    private static async Task ShouldSpeakAsync(Visitor visitor, string tag, string direction)
    {
        var html = visitor.Page.Locator("html");
        await Assertions.Expect(html).ToHaveAttributeAsync("lang", tag);
        await Assertions.Expect(html).ToHaveAttributeAsync("dir", direction);
    }
}
