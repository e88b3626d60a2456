using System.Text.RegularExpressions;

namespace MlOpsBuild.Delivery.Environments.Kubernetes.Tests;

public sealed class ClusterNamesTests
{
    [Theory]
    [InlineData("BikeDemand", "bikedemand")]
    [InlineData("churn-2", "churn-2")]
    public void A_name_that_can_be_one_stays_readable(string pipeline, string expected) =>
        new ClusterNames(pipeline, null, "owner").Base.ShouldBe(expected);

    /// <summary>RFC 1035, as Services need it: letters of ASCII, digits and hyphens, begun by a letter, 63 at most.</summary>
    [Theory]
    [InlineData("Störung")]
    [InlineData("2fast")]
    [InlineData("under_score")]
    [InlineData("A pipeline that somebody gave the longest name that anybody could think of")]
    public void Any_other_one_becomes_one_that_can(string pipeline)
    {
        var names = new ClusterNames(pipeline, "test", "owner");

        foreach (var name in (string[])[names.Base, names.Gateway, names.Routes, names.NewHost("0123abcd")])
        {
            Regex.IsMatch(name, "^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$").ShouldBeTrue(name);
        }

        names.Base.ShouldNotBe(new ClusterNames(pipeline + "x", "test", "owner").Base);
    }

    [Fact]
    public void What_is_tested_is_apart_from_what_serves()
    {
        var (serving, test) = (new ClusterNames("Tiny", null, "owner"), new ClusterNames("Tiny", "test", "owner"));

        test.Selector.ShouldNotBe(serving.Selector);
        test.Gateway.ShouldBe("tiny-test-gateway");
    }

    [Fact]
    public void An_object_is_ours_by_who_made_it_and_for_whom()
    {
        var (ours, others) = (new ClusterNames("Tiny", null, "registry/acme/tiny"), new ClusterNames("Tiny", null, "registry/other/tiny"));

        ours.Owns(ours.Metadata("tiny")).ShouldBeTrue();
        ours.Owns(others.Metadata("tiny")).ShouldBeFalse();
        ours.Owns(new() { Name = "tiny" }).ShouldBeFalse();
    }
}
