using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Pipelines.Tests;

public sealed class CardBuilderTests
{
    [Fact]
    public void Where_nobody_says_anything_there_is_nothing() =>
        TestPipeline.Specify(pipeline => TestPipeline.Complete(pipeline).Features(f => f.Number(x => x.X))).Card.ShouldBeNull();

    [Fact]
    public void What_is_said_is_kept_and_a_complete_card_lacks_nothing()
    {
        var card = Specify(c => c.Owner("us").IntendedUse("planning").OutOfScope("prices").Limits("storms").Risks("quarters unseen"));

        card.ShouldBe(new()
        {
            Owner = "us", IntendedUse = "planning", OutOfScope = "prices", Limits = "storms", Risks = "quarters unseen",
        });
        card.Missing().ShouldBeEmpty();
        (card with { Risks = null }).Missing().ShouldBeEmpty();
    }

    [Fact]
    public void Blank_words_say_nothing() => Specify(c => c.Owner(" ").IntendedUse("planning").Limits("")).Missing()
        .ShouldBe(["Owner", "OutOfScope", "Limits"]);

    private static CardStatement Specify(Action<CardBuilder> card) => TestPipeline.Specify(pipeline =>
        TestPipeline.Complete(pipeline).Features(f => f.Number(x => x.X)).Card(card)).Card!;
}
