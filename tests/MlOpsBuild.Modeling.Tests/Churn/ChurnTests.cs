using MlOpsBuild.TestKit.Data;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Training;

namespace Pipelines.Tests;

public sealed class ChurnTests
{
    private static readonly Lazy<DataTable> Simulated = new(() => Read(new CustomerSimulation()));

    [Fact]
    public void Simulated_customers_keep_their_contract_and_some_cells_are_empty()
    {
        Simulated.Value.Rows.ShouldBe(6000);
        Simulated.Value.Columns["Age"].Count(double.IsNaN).ShouldBeInRange(700, 1100);
        Simulated.Value.Columns["Plan"].Count(double.IsNaN).ShouldBeInRange(200, 400);
        Simulated.Value.Label.Average().ShouldBeInRange(0.2, 0.5);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_one_others()
    {
        new CustomerSimulation().Write().ShouldBe(new CustomerSimulation().Write());
        new CustomerSimulation { Seed = 2 }.Write().ShouldNotBe(new CustomerSimulation().Write());
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public void The_model_keeps_its_gates_and_no_household_is_on_both_sides(string logistic)
    {
        var pipeline = new Churn().Specify(new Dictionary<string, string> { ["logistic"] = logistic });
        var (table, split) = (Simulated.Value, pipeline.HoldOut.Split(Simulated.Value, pipeline.Seed));
        var model = pipeline.Trainer.Fit(
            TrainingRows.Of(table.Select(split.Training), pipeline.Features, pipeline.Target, pipeline.Trainer.Standardises, pipeline.Seed),
            CancellationToken.None);
        var heldOut = table.Select(split.HeldOut);

        var set = new PredictionSet(
            "candidate", [.. split.Block], heldOut.Label, [.. FieldRows.Of(heldOut, model.Fields).Select(row => model.Predict(row).Value)],
            new Dictionary<string, double[]>()) { Classes = model.Classes };

        foreach (var gate in pipeline.Gates.Where(gate => gate.Bound != null))
        {
            gate.Metric.Of(set).ShouldBeGreaterThan(gate.Bound!.Value);
        }

        Metrics.LogLoss.Of(set).ShouldBeLessThan(0.55);
        split.HeldOut.Select(row => table.Columns["Household"][row])
            .Intersect(split.Training.Select(row => table.Columns["Household"][row]))
            .ShouldBeEmpty();
        model.Classes!.Names.ShouldBe(["no", "yes"]);
    }

    private static DataTable Read(CustomerSimulation simulation)
    {
        var result = MemoryFiles.Read([("customers.csv", simulation.Write())], ContractReader.Of<Customer>(), CancellationToken.None);
        result.Findings.ShouldBeEmpty();
        return result.Table!;
    }
}
