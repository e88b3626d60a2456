namespace MlOpsBuild.Store.Stages.Tests;

internal sealed record RowsInput(int Rows, string Contract = "first");
