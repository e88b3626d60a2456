using FsCheck;
using FsCheck.Fluent;

namespace MlOpsBuild.Tracking.Mirroring.Tests;

public sealed class EntityNameTests
{
    [Theory]
    [InlineData("RMSE", "RMSE")]
    [InlineData("R²", "R2")]
    [InlineData("MAE, weighted", "MAE_ weighted")]
    [InlineData("F1 (macro)", "F1 _macro_")]
    [InlineData("Größe", "Gr__e")]
    [InlineData("a//b/../c", "a/b/__/c")]
    [InlineData("/a/", "a")]
    [InlineData(".", "_")]
    [InlineData("", "_")]
    public void A_name_is_the_nearest_that_MLflow_takes(string text, string expected) =>
        EntityName.Of(text).ShouldBe(expected);

    [Fact]
    public void Names_are_at_most_250_characters() => EntityName.Of(new('x', 400)).ShouldBe(new('x', 250));

    [Fact]
    public void None_takes_anothers_place() =>
        EntityName.Distinct(new Dictionary<string, int> { ["a+b"] = 1, ["a-b"] = 2, ["a*b"] = 3, ["a_b"] = 4 })
            .ShouldBe([new("a_b", 1), new("a-b", 2), new("a_b 2", 3), new("a_b 3", 4)]);

    [Fact]
    public void Long_names_that_begin_alike_stay_apart_and_short_enough()
    {
        var names = EntityName.Distinct(new Dictionary<string, int> { [new string('x', 260)] = 1, [new string('x', 270)] = 2 })
            .Select(pair => pair.Key)
            .ToList();

        names[1].ShouldBe(new string('x', 248) + " 2");
        names.ShouldAllBe(name => name.Length == 250);
    }

    /// <summary>Whatever somebody calls a parameter, the name passes MLflow's own rule and no two are one.</summary>
    [Fact]
    public void Every_text_has_a_name() => Prop.ForAll<string[]>(texts =>
    {
        var named = EntityName.Distinct((texts ?? []).Select(text => new KeyValuePair<string, int>(text ?? "", 1))).Select(pair => pair.Key)
            .ToList();
        return named.Distinct().Count() == named.Count && named.All(name => name.Length is > 0 and <= 250
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || "_-. /".Contains(letter))
            && name.Split('/').All(part => part is not ("" or "." or "..")));
    }).QuickCheckThrowOnFailure();
}
