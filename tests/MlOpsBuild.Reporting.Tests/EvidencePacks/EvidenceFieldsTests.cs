using System.Reflection;

namespace MlOpsBuild.Reporting.EvidencePacks.Tests;

public sealed class EvidenceFieldsTests
{
    /// <summary>The points of Annex IV of Regulation (EU) 2024/1689, in their order.</summary>
    [Fact]
    public void Every_point_of_Annex_IV_is_asked() => EvidenceFields.All
        .Where(field => field.Framework == "EU AI Act, Annex IV").Select(field => field.Place).ShouldBe(
        [
            "1(a)", "1(b)", "1(c)", "1(d)", "1(e)", "1(f)", "1(g)", "1(h)", "2(a)", "2(b)", "2(c)", "2(d)", "2(e)", "2(f)", "2(g)", "2(h)",
            "3", "4", "5", "6", "7", "8", "9",
        ]);

    [Fact]
    public void No_two_fields_have_one_name() => EvidenceFields.All.Select(field => field.Id).ShouldBeUnique();

    [Fact]
    public void Fields_name_only_documents_that_there_can_be()
    {
        var known = typeof(PackDocument).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToHashSet();

        EvidenceFields.All.SelectMany(field => field.Documents).ShouldAllBe(document => known.Contains(document));
    }

    /// <summary>Reasons, risks and conformity are nobody's but people's to say.</summary>
    [Theory]
    [InlineData("annex-iv-2e")]
    [InlineData("annex-iv-4")]
    [InlineData("annex-iv-5")]
    [InlineData("annex-iv-7")]
    [InlineData("annex-iv-8")]
    public void What_only_people_can_say_no_record_answers(string field) =>
        EvidenceFields.All.Single(other => other.Id == field).Documents.ShouldBeEmpty();
}
