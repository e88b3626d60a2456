using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.EvidencePacks.Tests;

public sealed class DeclarationFileTests
{
    [Fact]
    public void Declarations_are_read_by_their_field() => Read(
        """{"annex-iv-5": {"statement": "See the register.", "owner": "Ada", "date": "2026-11-01"}}""")
        .ShouldBe(new Dictionary<string, Declaration> { ["annex-iv-5"] = new("See the register.", "Ada", new(2026, 11, 1)) });

    [Fact]
    public void A_file_with_a_mark_at_its_beginning_is_read() =>
        DeclarationFile.Read("d.json", [0xEF, 0xBB, 0xBF, .. "{}"u8]).ShouldBeEmpty();

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var failure = Should.Throw<UsageException>(() => Read("""
            {
              "annex-v-1": {"statement": "a", "owner": "b", "date": "2026-11-01"},
              "annex-iv-5": {"statement": "", "owner": "b", "date": "2026-11-01"},
              "annex-iv-7": {"statement": "a", "date": "2026-11-01"},
              "annex-iv-8": {"statement": "a", "owner": "b", "date": "yesterday"},
              "annex-iv-4": "we know"
            }
            """));

        failure.Findings.Select(finding => (finding.Code, finding.Where)).ShouldBe(
        [
            ("MLB6017", "d.json, annex-v-1"), ("MLB6018", "d.json, annex-iv-5"), ("MLB6018", "d.json, annex-iv-7"),
            ("MLB6018", "d.json, annex-iv-8"), ("MLB6018", "d.json, annex-iv-4"),
        ]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("null")]
    public void What_is_no_object_is_refused(string text) =>
        Should.Throw<UsageException>(() => Read(text)).Findings.Single().Code.ShouldBe("MLB6016");

    /// <summary>Whatever somebody left there, they are told what is wrong with it, and nothing breaks.</summary>
    [Fact]
    public void Any_text_is_read_or_refused_with_its_reason() => Prop.ForAll(
        ArbMap.Default.ArbFor<string>(), ArbMap.Default.ArbFor<NonNull<string>>(), (loose, value) =>
        {
            Told(() => Read(loose ?? ""));
            Told(() => Read("{\"annex-iv-5\": " + CanonicalText(value.Get) + "}"));
            Told(() => Read(
                "{\"annex-iv-5\": {\"statement\": " + CanonicalText(value.Get) + ", \"owner\": \"a\", \"date\": \"2026-11-01\"}}"));
        }).QuickCheckThrowOnFailure();

    private static void Told(Action read)
    {
        try
        {
            read();
        }
        catch (UsageException refused)
        {
            refused.Findings.ShouldAllBe(finding => finding.Code.StartsWith("MLB60", StringComparison.Ordinal) && finding.Fix != null);
        }
    }

    private static string CanonicalText(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static IReadOnlyDictionary<string, Declaration> Read(string text) =>
        DeclarationFile.Read("d.json", Encoding.UTF8.GetBytes(text));
}
