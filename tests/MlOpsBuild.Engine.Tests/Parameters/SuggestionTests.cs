namespace MlOpsBuild.Engine.Parameters.Tests;

public sealed class SuggestionTests
{
    [Theory]
    [InlineData("Trin", "Train")]
    [InlineData("epoch", "epochs")]
    [InlineData("LEARNINGRATE", "learning-rate")]
    [InlineData("learnin-rat", "learning-rate")]
    public void Near_name_is_suggested(string typed, string meant) =>
        Suggestion.For(typed, [meant, "something-else"]).ShouldBe($" Did you mean {meant}?");

    [Theory]
    [InlineData("xyz")]
    [InlineData("e")]
    public void Far_name_is_not(string typed) => Suggestion.For(typed, ["epochs", "learning-rate"]).ShouldBe("");

    [Fact]
    public void Nearest_wins_and_ties_go_by_name()
    {
        Suggestion.For("train", ["trains", "trained"]).ShouldBe(" Did you mean trains?");
        Suggestion.For("tes", ["tess", "test"]).ShouldBe(" Did you mean tess?");
    }

    [Fact]
    public void Prefix_stands_before_the_name() => Suggestion.For("epoch", ["epochs"], "--").ShouldBe(" Did you mean --epochs?");

    [Fact]
    public void Nothing_known_suggests_nothing() => Suggestion.For("epoch", []).ShouldBe("");
}
