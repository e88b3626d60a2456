namespace MlOpsBuild.Delivery.Governance.Tests;

/// <summary>Who somebody is, by what is proved of them.</summary>
public sealed class ApproverTests
{
    private const string Key = "aaaaaaaaaaaaaaaa";
    private const string Server = "cccccccccccccccc";
    private static readonly ApprovalRule Rule = new(1, [Who.Anyone], TimeSpan.FromDays(1), false) { VouchedBy = [Who.Key(Server)] };

    [Fact]
    public void Without_keys_one_is_what_one_says_and_no_role_or_key_can_be_said() =>
        Of("ada", null, Who.OnGitHub("ada"), Who.Key(Key), Who.Role("release"), Who.Anyone).Names.ShouldBe([Who.OnGitHub("ada")]);

    [Fact]
    public void A_key_proves_itself_and_nothing_else() =>
        Of("ada", Key, Who.OnGitHub("bob"), Who.Local("root")).Names.ShouldBe([Who.Key(Key)]);

    [Fact]
    public void A_key_that_vouches_proves_what_is_said_and_not_itself()
    {
        var approver = Of("ada", Server, Who.OnGitHub("ada"), Who.Key(Server));

        approver.Names.ShouldBe([Who.OnGitHub("ada")]);
        approver.Key.ShouldBeNull();
    }

    [Theory]
    [InlineData("ada", "ADA", true)]
    [InlineData("ada", "bob", false)]
    public void By_names_people_are_compared_as_code_hosts_do(string one, string other, bool same) =>
        Of(one, null, Who.Local(one)).IsSameAs(Of(other, null, Who.OnGitHub(other))).ShouldBe(same);

    [Fact]
    public void Two_keys_are_two_people_whatever_they_are_called() =>
        Of("root", Key).IsSameAs(Of("root", "bbbbbbbbbbbbbbbb")).ShouldBeFalse();

    [Theory]
    [InlineData("ada", null, "ada", null, false)]
    [InlineData("ada", null, "bob", null, true)]
    [InlineData("ada", null, null, null, false)]
    [InlineData("ada", Key, null, Key, false)]
    [InlineData("ada", Key, null, "bbbbbbbbbbbbbbbb", true)]
    [InlineData("ada", Key, null, Server, false)]
    [InlineData("ada", Key, "ada", "bbbbbbbbbbbbbbbb", false)]
    [InlineData("ada", Key, "bob", Server, true)]
    public void Who_made_it_is_somebody_else_only_where_that_is_known(
        string actor, string? key, string? maker, string? makersKey, bool isNot) =>
        Of(actor, key, Who.OnGitHub(actor)).IsNot(new(maker, makersKey), Rule).ShouldBe(isNot);

    /// <summary>What the clock made nobody made: everybody may approve it.</summary>
    [Fact]
    public void What_the_build_server_made_by_itself_is_nobodys()
    {
        Of("ada", null, Who.OnGitHub("ada")).IsNot(new("ci:acme/shop@main", null), Rule).ShouldBeTrue();
        Of("ci", null, Who.Ci("acme/shop", "main")).IsNot(new("ci:acme/shop@main", null), Rule).ShouldBeFalse();
    }

    private static Approver Of(string actor, string? key, params Who[] claimed) => Approver.Of(actor, claimed, key, Rule, Roles.None);
}
