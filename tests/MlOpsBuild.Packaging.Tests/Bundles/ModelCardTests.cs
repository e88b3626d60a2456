using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Bundles.Tests;

public sealed class ModelCardTests
{
    [Fact]
    public void A_model_trained_on_simulated_data_says_so_before_anything_else()
    {
        var lines = ModelCard.Write(BundleExample.Description, BundleExample.Gates).Split('\n');

        lines[0].ShouldBe("# Model card: BikeDemand");
        lines[2].ShouldStartWith("**Trained on simulated data.**");
        lines[2].ShouldContain("must not be used for decisions");
    }

    [Fact]
    public void A_model_trained_on_measured_data_does_not_speak_of_simulation()
    {
        var card = ModelCard.Write(BundleExample.Description with { Simulated = false }, BundleExample.Gates);

        card.ShouldContain("measured data");
        card.ShouldNotContain("simulated");
    }

    [Fact]
    public void It_says_from_which_data_times_and_parameters_the_model_is()
    {
        var card = ModelCard.Write(BundleExample.Description, BundleExample.Gates);

        card.ShouldContain(BundleExample.Description.Data.ToString());
        card.ShouldContain("Trained through 2012-06-30 23:00\n- Hold-out: the last 184 days, 2012-07-01 to 2012-12-31\n");
        card.ShouldContain("lambda=0.1, seed=7\n");
    }

    [Fact]
    public void Metrics_and_gates_are_rows_of_tables()
    {
        var lines = ModelCard.Write(BundleExample.Description, BundleExample.Gates).Split('\n');

        lines.ShouldContain("| RMSE | 42.1235 | 4416 |");
        lines.ShouldContain("| R2 | 0.9 | 4416 |");
        lines.ShouldContain("| RMSE beats same hour last week | Passed | better by 16 to 20 |");
    }

    [Fact]
    public void It_says_what_the_model_is_not_for()
    {
        var card = ModelCard.Write(BundleExample.Description, []);

        card.ShouldContain("## Limits");
        card.ShouldEndWith("\n");
        card.ShouldNotContain("\r");
    }

    [Fact]
    public void What_people_say_of_it_stands_where_readers_look_for_it()
    {
        var card = ModelCard.Write(
            BundleExample.Description with
            {
                Card = new()
                {
                    Owner = "the demand team", IntendedUse = "Planning how many bikes stand where.",
                    OutOfScope = "Prices.", Limits = "Storms are rare in the data.", Risks = "Quarters without stations are not seen.",
                },
            },
            []);

        card.ShouldContain("- Owner: the demand team\n");
        card.ShouldContain("\n## Intended use\n\nPlanning how many bikes stand where.\n\nNot for: Prices.\n\n## Hold-out metrics\n");
        card.ShouldContain("\n## Limits\n\nStorms are rare in the data.\n\nInputs outside the ranges");
        card.ShouldEndWith("\n\n## Risks\n\nQuarters without stations are not seen.\n");
    }

    [Fact]
    public void Where_nobody_said_anything_it_says_so()
    {
        var card = ModelCard.Write(BundleExample.Description, []);

        card.ShouldContain("\n## Intended use\n\nNobody has said what it is for.\n\n## Hold-out metrics\n");
        card.ShouldNotContain("Owner:");
        card.ShouldNotContain("## Risks");
        new CardStatement { Limits = " ", Owner = "ada" }.Missing().ShouldBe(["IntendedUse", "OutOfScope", "Limits"]);
    }

    [Fact]
    public void Names_that_somebody_else_gave_are_text_and_nothing_else()
    {
        var card = ModelCard.Write(
            BundleExample.Description with { Pipeline = "<img src=x>", Classes = ["a|b", "![x](http://evil)"] }, BundleExample.Gates);

        card.ShouldStartWith("# Model card: &lt;img src=x&gt;\n");
        card.ShouldContain("a\\|b, !\\[x\\]");
        card.ShouldNotContain("://evil");
    }

    [Fact]
    public void What_the_model_depends_on_stands_with_its_interval()
    {
        var card = ModelCard.Write(
            BundleExample.Description, [],
            [new("hr", "RMSE", 149.51234, 104.7, 190.3), new("temp | sky", "RMSE", 20.4, null, null)]);

        card.ShouldContain("## What it depends on");
        card.ShouldContain("| hr | RMSE | 149.5123 | 104.7 to 190.3 |");
        card.ShouldContain("| temp \\| sky | RMSE | 20.4 |  |");
        ModelCard.Write(BundleExample.Description, []).ShouldNotContain("depends on");
    }

    [Fact]
    public void The_page_says_the_same_and_no_markup_of_others_is_markup_there()
    {
        var description = BundleExample.Description with { Card = new() { Owner = "<b>Ada</b>", IntendedUse = "Plans & rosters" } };

        var page = ModelCard.Page(
            description, BundleExample.Gates, [new("hr", "RMSE", 149.51234, 104.7, 190.3), new("<i>", "RMSE", 20.4, null, null)]);

        page.ShouldContain("Owner: &lt;b&gt;Ada&lt;/b&gt;");
        page.ShouldContain("Plans &amp; rosters");
        page.ShouldContain("<td>hr</td><td>RMSE</td><td class=\"n\">149.5123</td><td>104.7 to 190.3</td>");
        page.ShouldContain("<td>&lt;i&gt;</td>");
        page.ShouldContain("Trained on simulated data.");
        page.ShouldNotContain("<script");
    }
}
