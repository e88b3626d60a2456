using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Tests;

namespace MlOpsBuild.Modeling.Splitting.Tests;

public sealed class AllCasesTests
{
    [Fact]
    public void Every_case_is_held_out_whether_it_says_what_is_expected_or_not()
    {
        var split = new AllCases().Split(Sample.Table<Question>("Id,Text,Sender,Channel,Expected\n1,a,Ann,mail,yes\n2,b,Bob,mail,\n"), 1);

        split.Training.ShouldBeEmpty();
        split.HeldOut.ShouldBe([0, 1]);
        (split.Unit, split.Unlabelled).ShouldBe((BlockUnit.Group, 0));
        split.Block.ShouldBe([0, 1], "whoever asks knows what of them is the same");
    }

    [Fact]
    public void Nothing_was_trained_on_that_a_champion_could_have_seen()
    {
        new AllCases().Overlap(new() { HoldOut = "all cases" }, new() { HoldOut = "anything" }).ShouldBeNull();
        new AllCases().Describe().ShouldBe("all cases");
    }

    private sealed record Question(
        [property: Identifier] int Id, string Text, [property: PersonalData] string? Sender,
        [property: Categories("mail", "chat")] string Channel, [property: Label] string? Expected);
}
