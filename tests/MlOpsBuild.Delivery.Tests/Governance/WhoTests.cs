namespace MlOpsBuild.Delivery.Governance.Tests;

public sealed class WhoTests
{
    public static TheoryData<Who> All =>
        [Who.Anyone, Who.Local("a"), Who.OnGitHub("b"), Who.OnGitLab("c"), Who.OnAzure("d@e"), Who.OnGitea("f"),
        Who.Ci("o/n", "m"), Who.Key("k"), Who.Role("r")];

    [Theory]
    [MemberData(nameof(All))]
    public void Everybody_is_read_as_they_are_written(Who who) => Who.TryParse(who.ToString()).ShouldBe(who);

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("github:")]
    [InlineData("GitHub:ada")]
    [InlineData("anyone:ada")]
    [InlineData("root:ada")]
    [InlineData(null)]
    public void Other_words_are_nobody(string? text) => Who.TryParse(text).ShouldBeNull();
}
