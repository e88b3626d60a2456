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
        (split.Unit, split.Unlabelled).ShouldBe((BlockUnit.Row, 0));
    }

    [Fact]
    public void The_same_question_is_one_block_whoever_asks_it_and_wherever()
    {
        var split = new AllCases().Split(
            Sample.Table<Question>("Id,Text,Sender,Channel,Expected\n1,a,Ann,mail,yes\n2,b,Ann,mail,yes\n3,a,Bob,chat,no\n"), 1);

        split.Block[0].ShouldBe(split.Block[2]);
        split.Block[0].ShouldNotBe(split.Block[1]);
    }

    [Fact]
    public void Blocks_follow_from_what_cases_say_and_not_from_their_order()
    {
        const string head = "Id,Text,Sender,Channel,Expected\n";

        var (one, other) = (Split(head + "1,a,,mail,x\n2,b,,mail,y\n"), Split(head + "2,b,,mail,y\n1,a,,mail,x\n"));

        one.Block.Reverse().ShouldBe(other.Block);
        Split(head + "1,c,,mail,x\n2,b,,mail,y\n").Block[0].ShouldNotBe(one.Block[0]);
    }

    [Fact]
    public void Cases_without_free_texts_are_told_apart_by_all_they_hold()
    {
        var split = new AllCases().Split(Sample.Table<Sum>("Id,A,B,Total\n1,1,2,3\n2,1,2,3\n3,2,1,3\n"), 1);

        split.Block[0].ShouldBe(split.Block[1]);
        split.Block[0].ShouldNotBe(split.Block[2]);
    }

    [Fact]
    public void Nothing_was_trained_on_that_a_champion_could_have_seen()
    {
        new AllCases().Overlap(new() { HoldOut = "all cases" }, new() { HoldOut = "anything" }).ShouldBeNull();
        new AllCases().Describe().ShouldBe("all cases");
    }

    private static Split Split(string csv) => new AllCases().Split(Sample.Table<Question>(csv), 1);

    private sealed record Question(
        [property: Identifier] int Id, string Text, [property: PersonalData] string? Sender,
        [property: Categories("mail", "chat")] string Channel, [property: Label] string? Expected);

    private sealed record Sum([property: Identifier] int Id, int A, int B, [property: Label] int Total);
}
