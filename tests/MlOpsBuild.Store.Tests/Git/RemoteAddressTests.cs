using MlOpsBuild.Core;
using MlOpsBuild.Store.Sharing.Tests;
using MlOpsBuild.TestKit.Git;

namespace MlOpsBuild.Store.Git.Tests;

/// <summary>Secrets open the remote and are never shown.</summary>
public sealed class RemoteAddressTests
{
    [Theory]
    [InlineData("https://host/x.git", "https://host/x.git", null, null)]
    [InlineData("https://ci:s3cret@host/x.git", "https://host/x.git", "ci", "s3cret")]
    [InlineData("https://ci:%40%3A%2F@host:8443/x.git", "https://host:8443/x.git", "ci", "@:/")]
    [InlineData("https://alice@host/x.git", "https://host/x.git", "alice", null)]
    [InlineData("ssh://git@host/x.git", "ssh://git@host/x.git", null, null)]
    [InlineData("ssh://git:s3cret@host/x.git", "ssh://git@host/x.git", null, null)]
    [InlineData("git@host:x.git", "git@host:x.git", null, null)]
    [InlineData("/srv/x.git", "/srv/x.git", null, null)]
    [InlineData("file:///srv/x.git", "file:///srv/x.git", null, null)]
    public void User_and_password_are_taken_out_of_the_address(string text, string location, string? user, string? password) =>
        RemoteAddress.Parse(text, new Dictionary<string, string>()).ShouldBe(new(location, user, password));

    [Theory]
    [InlineData("https://host/x.git", null, "x-access-token", "t0ken")]
    [InlineData("https://host/x.git", "ci", "ci", "t0ken")]
    [InlineData("https://alice@host/x.git", "ci", "alice", "t0ken")]
    [InlineData("https://alice:own@host/x.git", "ci", "alice", "own")]
    [InlineData("git@host:x.git", "ci", null, null)]
    [InlineData("ssh://git@host/x.git", "ci", null, null)]
    public void A_token_in_the_variables_opens_an_address_that_holds_none(string text, string? named, string? user, string? password)
    {
        var variables = new Dictionary<string, string>
        {
            [RemoteAddress.TokenVariable] = "t0ken", [RemoteAddress.UserVariable] = named ?? ""
        };

        var address = RemoteAddress.Parse(text, variables);

        (address.User, address.Password).ShouldBe((user, password));
    }

    [Theory]
    [InlineData("https://user:pa/s3cret@host/x.git")]
    [InlineData("https://user:pa#s3cret@host/x.git")]
    [InlineData("https://user:pa?s3cret@host/x.git")]
    [InlineData("https://user:1/s3cret@host/x.git")]
    [InlineData("https://user:s3cret@ho st/x.git")]
    [InlineData("https://user:s3cret@/x.git")]
    [InlineData("ssh://user:s3cret@host/x.git")]
    [InlineData("ftp://user:s3cret@host/x.git")]
    public void A_secret_is_never_shown(string text) => Told(text).ShouldNotContain("s3cret");

    [Theory]
    [InlineData("DOMAIN\\alice", "secret")]
    [InlineData("ci", "back\\nslash")]
    [InlineData("ci", "it's \"$HOME\" `x` %41 +ü")]
    public async Task Any_letter_may_be_in_user_and_password(string user, string password)
    {
        using var team = await TeamFixture.CreateAsync();
        using var server = await GitHttpServer.StartAsync([new(user, password, GitHttpRight.Write)], CancellationToken.None);
        server.Serve("team.git", team.Remote);
        var machine = await team.MachineAsync("a", server.UrlFor("team.git", user, password).AbsoluteUri);
        await machine.SaveRunAsync();

        await machine.SendAsync();
    }

    [Fact]
    public async Task A_user_alone_asks_the_users_own_helper()
    {
        using var team = await TeamFixture.CreateAsync();
        using var server = await GitHttpServer.StartAsync([new("alice", "secret", GitHttpRight.Write)], CancellationToken.None);
        server.Serve("team.git", team.Remote);
        await File.WriteAllTextAsync(
            Path.Combine(team.Variables()["HOME"], ".gitconfig"),
            "[credential]\n\thelper = \"!f() { test \\\"$1\\\" = get && grep -q username=alice && echo password=secret; }; f\"\n");
        var machine = await team.MachineAsync(
            "a", server.UrlFor("team.git").AbsoluteUri.Replace("http://", "http://alice@", StringComparison.Ordinal));
        await machine.SaveRunAsync();

        await machine.SendAsync();
    }

    private static string Told(string text)
    {
        try
        {
            return RemoteAddress.Parse(text, new Dictionary<string, string>()).ToString();
        }
        catch (UsageException problem)
        {
            return $"{problem.Message} {string.Join(' ', problem.Findings)}";
        }
    }
}
