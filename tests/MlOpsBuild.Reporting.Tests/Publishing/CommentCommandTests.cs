using MlOpsBuild.TestKit;

namespace MlOpsBuild.Reporting.Publishing.Tests;

public sealed class CommentCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/mlops retrain", "retrain", "")]
    [InlineData("/mlops rollback  wrong by ten since noon ", "rollback", "wrong by ten since noon")]
    [InlineData("/mlops rollback a\r\naction=retrain", "rollback", "a")]
    [InlineData("/mlops rollback a\u0085b\u2028action=retrain", "rollback", "a")]
    [InlineData("/mlops rollback a\tb\u001b[31m", "rollback", "ab[31m")]
    [InlineData("/mlops ", "", "")]
    [InlineData("/mlops drop", "drop", "")]
    public void The_first_line_is_the_command(string body, string action, string reason) =>
        CommentCommand.Parse(body, 7, "ada").ShouldBe(new(action, reason, 7, "ada"));

    [Theory]
    [InlineData("/mlops approve v5 looks good", "v5", "looks good")]
    [InlineData("/mlops approve v5", "v5", "")]
    [InlineData("/mlops approve", "", "")]
    [InlineData("/mlops approve  v5 \u0000 a\r\nversion=v6", "v5", "a")]
    public void An_approval_has_a_version_too(string body, string version, string reason) =>
        CommentCommand.Parse(body, 7, "ada").ShouldBe(new("approve", reason, 7, "ada") { Version = version });

    [Theory]
    [InlineData("please /mlops rollback x")]
    [InlineData("> /mlops rollback x")]
    [InlineData("\n/mlops rollback x")]
    [InlineData("/mlopsrollback")]
    [InlineData("")]
    public void Anything_else_is_none(string body) => CommentCommand.Parse(body, 7, "ada").ShouldBeNull();

    [Theory]
    [InlineData("""{"issue":{"number":3,"pull_request":{}},"comment":{"id":9,"body":"/mlops retrain","user":{"login":"ada"}}}""", true)]
    [InlineData("""{"issue":{"number":3},"comment":{"id":9,"body":"/mlops retrain","user":{"login":"ada"}}}""", false)]
    [InlineData("""{"issue":{"number":3,"pull_request":{}},"comment":{"id":"9","body":"/mlops retrain","user":"ada"}}""", false)]
    [InlineData("not json", false)]
    public void It_is_read_from_the_payload_of_a_comment_on_a_pull_request(string payload, bool found)
    {
        File.WriteAllText(_folder["event.json"], payload);

        (CommentCommand.Of(new Dictionary<string, string> { ["GITHUB_EVENT_PATH"] = _folder["event.json"] }) != null).ShouldBe(found);
    }
}
