using System.Net.Http.Headers;
using FsCheck;
using FsCheck.Fluent;

namespace MlOpsBuild.Packaging.Registry.Tests;

public sealed class AuthenticationChallengeTests
{
    // Header values hold no line breaks.
    private static readonly Gen<string> Text = ArbMap.Default.GeneratorFor<NonNull<string>>()
        .Select(text => string.Concat(text.Get.Where(character => !char.IsControl(character))));

    [Theory]
    [InlineData(
        "realm=\"https://auth.test/token\",service=\"r\",scope=\"repository:a/b:pull,push\"",
        "https://auth.test/token|r|repository:a/b:pull,push")]
    [InlineData("Realm=https://auth.test/token , SERVICE=r", "https://auth.test/token|r|")]
    [InlineData("realm=\"a \\\"quoted\\\" \\\\ one\", service = \"r\"", "a \"quoted\" \\ one|r|")]
    [InlineData("realm=\"never ended", "never ended||")]
    [InlineData("error=\"insufficient_scope\",realm=\"x\"", "x||")]
    [InlineData("service=,realm=\"x\"", "x||")]
    [InlineData("=,=", "||")]
    [InlineData("", "||")]
    public void Its_parameters_are_read_quoted_or_not(string text, string expected)
    {
        var challenge = AuthenticationChallenge.Of(new AuthenticationHeaderValue("bearer", text));

        challenge.IsBearer.ShouldBeTrue();
        string.Join('|', ((string[])["realm", "service", "scope"]).Select(challenge.Parameters.GetValueOrDefault)).ShouldBe(expected);
    }

    [Fact]
    public void What_was_quoted_reads_back() => Prop.ForAll(Text.ToArbitrary(), text =>
    {
        var quoted = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        var challenge = AuthenticationChallenge.Of(new AuthenticationHeaderValue("Bearer", $"realm=\"{quoted}\",service=\"s\""));
        return challenge.Parameters["realm"] == text && challenge.Parameters["service"] == "s";
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_is_read_without_failing() => Prop.ForAll(
        Gen.Elements("=", "\"", ",", "\\", " ", "realm", "x").ListOf().Select(parts => string.Concat(parts)).ToArbitrary(),
        text => AuthenticationChallenge.Of(new AuthenticationHeaderValue("Bearer", text)).Parameters.Count >= 0).QuickCheckThrowOnFailure();
}
