using MlOpsBuild.Core;

namespace MlOpsBuild.Tracking.Tests;

public sealed class TrackingServerTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Theory]
    [InlineData("https://mlflow.example.org", "https://mlflow.example.org/")]
    [InlineData("https://mlflow.example.org/", "https://mlflow.example.org/")]
    [InlineData("http://10.0.0.7:5000", "http://10.0.0.7:5000/")]
    [InlineData("https://git.example.org/api/v4/projects/7/ml/mlflow", "https://git.example.org/api/v4/projects/7/ml/mlflow/")]
    public void An_address_ends_in_one_slash(string address, string expected) =>
        TrackingServer.Parse(address, "--mlflow", Nothing).Address.AbsoluteUri.ShouldBe(expected);

    [Theory]
    [InlineData("mlflow.example.org")]
    [InlineData("ftp://mlflow.example.org")]
    [InlineData("sqlite:///mlflow.db")]
    [InlineData("https://mlflow.example.org/?token=7")]
    [InlineData("")]
    public void What_is_no_address_is_a_wrong_call(string address)
    {
        var finding = Refused(address, Nothing);

        (finding.Code, finding.Where).ShouldBe(("MLB4050", "--mlflow"));
    }

    [Fact]
    public void A_password_in_the_address_is_refused_and_not_repeated()
    {
        var finding = Refused("https://ann:geheim@mlflow.example.org", Nothing);

        finding.Code.ShouldBe("MLB4051");
        finding.ToString().ShouldNotContain("geheim");
        finding.Fix!.ShouldContain("MLFLOW_TRACKING_PASSWORD");
    }

    [Fact]
    public void A_password_in_an_address_of_another_kind_is_not_repeated_either() =>
        Refused("postgresql://ann:geheim@db/mlflow", Nothing).ToString().ShouldNotContain("geheim");

    [Fact]
    public void A_token_goes_as_a_bearers_and_counts_as_secret()
    {
        var server = TrackingServer.Parse(
            "https://mlflow.example.org", "--mlflow", new Dictionary<string, string> { ["MLFLOW_TRACKING_TOKEN"] = "tok-1" });

        server.Credentials!.ToString().ShouldBe("Bearer tok-1");
        server.Secrets.ShouldBe(["tok-1"]);
        server.ToString().ShouldBe("https://mlflow.example.org");
    }

    /// <summary>RFC 7617, 2: user, colon and password in base64; MLflow's own clients prefer them to a token.</summary>
    [Fact]
    public void User_and_password_go_before_a_token()
    {
        var server = TrackingServer.Parse("https://mlflow.example.org", "--mlflow", new Dictionary<string, string>
        {
            ["MLFLOW_TRACKING_USERNAME"] = "Aladdin", ["MLFLOW_TRACKING_PASSWORD"] = "open sesame", ["MLFLOW_TRACKING_TOKEN"] = "tok-1",
        });

        server.Credentials!.ToString().ShouldBe("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        server.Secrets.ShouldBe(["tok-1", "open sesame", "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="], ignoreOrder: true);
    }

    [Fact]
    public void A_user_without_a_password_is_nobody() =>
        TrackingServer.Parse(
            "https://mlflow.example.org", "--mlflow", new Dictionary<string, string> { ["MLFLOW_TRACKING_USERNAME"] = "ann" })
            .Credentials.ShouldBeNull();

    [Theory]
    [InlineData("http://mlflow.example.org", false)]
    [InlineData("http://127.0.0.1:5000", true)]
    [InlineData("http://localhost:5000", true)]
    [InlineData("https://mlflow.example.org", true)]
    public void Credentials_go_only_where_nobody_sees_them_on_the_way(string address, bool taken)
    {
        var variables = new Dictionary<string, string> { ["MLFLOW_TRACKING_TOKEN"] = "tok-1" };
        if (taken)
        {
            TrackingServer.Parse(address, "--mlflow", variables).Credentials.ShouldNotBeNull();
            return;
        }

        var finding = Refused(address, variables);
        finding.Code.ShouldBe("MLB4052");
        finding.Fix!.ShouldContain("MLFLOW_TRACKING_TOKEN");
        finding.ToString().ShouldNotContain("tok-1");
    }

    [Fact]
    public void Without_credentials_a_server_of_the_own_network_needs_no_certificate() =>
        TrackingServer.Parse("http://mlflow:5000", "--mlflow", Nothing).ToString().ShouldBe("http://mlflow:5000");

    private static Finding Refused(string address, Dictionary<string, string> variables) =>
        Should.Throw<UsageException>(() => TrackingServer.Parse(address, "--mlflow", variables)).Findings.ShouldHaveSingleItem();
}
