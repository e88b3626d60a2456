using System.Text;

namespace MlOpsBuild.Store.Git.Tests;

public sealed class ObjectBatchTests
{
    private const string Id = "1234567890123456789012345678901234567890";

    [Fact]
    public void Contents_are_read_in_order_and_what_is_missing_is_null() =>
        Read($"{Id} blob 3\na\nb\n{Id} missing\n{Id} blob 0\n\n{Id} blob 2\n\n\n\n", 4).ShouldBe(["a\nb", null, "", "\n\n"]);

    [Theory]
    [InlineData("")]
    [InlineData(Id)]
    [InlineData(Id + " blob 3")]
    [InlineData(Id + " missing\n")]
    [InlineData(Id + " blob x\n")]
    [InlineData("fatal: no such thing\n")]
    public void An_answer_that_ends_early_has_no_more_contents(string output) => Read(output, 2).ShouldBe([null, null]);

    [Theory]
    [InlineData(Id + " blob 3\n")]
    [InlineData(Id + " blob 3\na")]
    [InlineData(Id + " blob 3\nab")]
    public void Content_that_was_cut_is_no_content(string output) => Read(output, 2).ShouldBe([null, null]);

    [Fact]
    public void Nothing_asked_is_nothing_read() => Read("", 0).ShouldBeEmpty();

    private static IEnumerable<string?> Read(string output, int count) =>
        ObjectBatch.Parse(Encoding.ASCII.GetBytes(output), count)
            .Select(content => content == null ? null : Encoding.ASCII.GetString(content));
}
